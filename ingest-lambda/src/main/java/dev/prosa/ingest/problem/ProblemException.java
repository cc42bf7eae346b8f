package dev.prosa.ingest.problem;

/// Ends a request with a problem document. It carries no stack: it is an answer, not a bug.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// @param problem what the caller is told
  public ProblemException(Problem problem) {
    super(problem.code(), null, false, false);
    this.problem = problem;
  }

  /// What the caller is told.
  public Problem problem() {
    return problem;
  }
}
