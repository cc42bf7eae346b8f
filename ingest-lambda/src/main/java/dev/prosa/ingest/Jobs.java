package dev.prosa.ingest;

import dev.prosa.core.turn.Turn;
import dev.prosa.ingest.problem.ProblemCode;

/// Finds jobs of a caller.
final class Jobs {

  private Jobs() {}

  /// The turn of the job in the path. One of somebody else is as unknown as one of nobody.
  static Turn ofCaller(Ingest ingest, Request request) {
    var turn = ingest.database().turns().find(request.job());
    if (turn == null || !turn.owner().equals(request.owner())) {
      throw unknown();
    }
    return turn;
  }

  static RuntimeException unknown() {
    return Request.refuse(ProblemCode.NOT_FOUND, "There is no such job.", "jobId");
  }
}
