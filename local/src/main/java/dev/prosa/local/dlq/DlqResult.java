package dev.prosa.local.dlq;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.prosa.core.redrive.RedriveOutcome;

/// What an action did. The names are those of the JSON, and do not change.
///
/// @param id the job id or message id
/// @param action `redrive` or `discard`
/// @param outcome a stable word: a [RedriveOutcome#code()] or `discarded`, `not_found`
/// @param attempt of the turn afterwards; 0 when that is not known
/// @param message the same for people
/// @param done whether the letter is gone
record DlqResult(
    String id,
    String action,
    String outcome,
    int attempt,
    String message,
    @JsonIgnore boolean done) {

  static DlqResult of(String id, RedriveOutcome outcome) {
    return new DlqResult(
        id, "redrive", outcome.code(), outcome.attempt(), outcome.sentence(), outcome.removed());
  }

  static DlqResult discarded(String id) {
    return new DlqResult(
        id,
        "discard",
        "discarded",
        0,
        "discarded: the letter is gone, the job stays as it is",
        true);
  }

  static DlqResult notFound(String action, String id) {
    return new DlqResult(
        id, action, "not_found", 0, "not in the dead-letter queue; nothing was done", false);
  }
}
