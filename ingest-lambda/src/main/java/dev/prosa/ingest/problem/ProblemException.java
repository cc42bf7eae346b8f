package dev.prosa.ingest.problem;

import java.util.Map;

/// Ends a request with a problem document. It carries no stack: it is an answer, not a bug.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  /// @param problem what the caller is told
  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /// @param problem what the caller is told
  /// @param headers that go with it
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.code(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  /// The headers that go with it; may be empty.
  public Map<String, String> headers() {
    return headers;
  }

  /// What the caller is told.
  public Problem problem() {
    return problem;
  }
}
