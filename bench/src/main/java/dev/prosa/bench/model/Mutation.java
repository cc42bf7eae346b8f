package dev.prosa.bench.model;

import java.util.List;

/// A mechanism of the protocol that can be taken out, to see that the checker misses it.
public enum Mutation {
  /// The protocol as it is.
  NONE,
  /// A turn that has ended can be ended again, by anybody.
  FINISH_CONDITION,
  /// A repeated `POST` is a new turn.
  IDEMPOTENCY_KEY,
  /// Nobody looks for forgotten turns.
  SWEEPER,
  /// A page that hears nothing does not ask.
  CLIENT_POLL,
  /// A page appends whatever text comes.
  OFFSET_CHECK,
  /// A page goes on with the text of the attempt before.
  RESET,
  /// Redis notes and sends what any attempt says, however old it is.
  ATTEMPT_FENCE,
  /// A poke is deleted when it is received, and no sweeper makes up for it.
  DELETE_AFTER_COMMIT,
  /// A worker takes the turn that the poke names, whatever is open before it.
  OLDEST_FIRST;

  private static final String CLIENT = "prosa-client.js";
  private static final String REDUCER = "prosa-client/reply-view.js";

  /// What is taken out of the page.
  ///
  /// @param file below `web/`
  /// @param from stands there exactly once
  /// @param to stands there instead
  private record Edit(String file, String from, String to) {

    String applied(String text) {
      var at = text.indexOf(from);
      if (at < 0 || at != text.lastIndexOf(from)) {
        throw new IllegalStateException(
            "%s has changed: «%s» is not there once".formatted(file, from));
      }
      return text.replace(from, to);
    }
  }

  /// Whether nobody sweeps.
  boolean hasNoSweeper() {
    return this == SWEEPER || this == DELETE_AFTER_COMMIT;
  }

  private List<Edit> edits() {
    return switch (this) {
      case CLIENT_POLL ->
          List.of(new Edit(CLIENT, "if (quietMillis >= this.#patience(job)) this.#poll(job);", ""));
      case OFFSET_CHECK ->
          List.of(
              new Edit(REDUCER, "if (offset > shown) return", "if (false) return"),
              new Edit(REDUCER, "if (offset + text.length <= shown) return", "if (false) return"),
              new Edit(REDUCER, "text.slice(shown - offset)", "text"));
      case RESET -> List.of(new Edit(REDUCER, "attempt, text: \"\", state", "attempt, state"));
      case NONE,
          FINISH_CONDITION,
          IDEMPOTENCY_KEY,
          SWEEPER,
          ATTEMPT_FENCE,
          DELETE_AFTER_COMMIT,
          OLDEST_FIRST ->
          List.of();
    };
  }

  /// The text of a file of the page.
  ///
  /// @param name below `web/`
  /// @throws IllegalStateException when the place to edit is not there exactly once
  String edited(String name, String text) {
    var result = text;
    for (var edit : edits()) {
      result = edit.file().equals(name) ? edit.applied(result) : result;
    }
    return result;
  }
}
