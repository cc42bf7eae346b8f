package dev.prosa.local.dlq;

/// What somebody wants of the dead-letter queue.
public sealed interface DlqCommand {

  /// Whether it may change anything, and so is audited.
  default boolean changes() {
    return switch (this) {
      case RedriveOne _, RedriveAll _, Discard _ -> true;
      case Help _, ListAll _, Show _ -> false;
    };
  }

  /// How to use the command.
  record Help() implements DlqCommand {}

  /// Every letter, a line each.
  record ListAll() implements DlqCommand {}

  /// All that is known about one letter.
  ///
  /// @param id a job id or a message id
  /// @param prompt whether to show what the user wrote
  record Show(String id, boolean prompt) implements DlqCommand {}

  /// Have one job tried again.
  ///
  /// @param id a job id or a message id
  record RedriveOne(String id) implements DlqCommand {}

  /// Have every job tried again, oldest letter first.
  ///
  /// @param perSecond at most this many a second; more than 0
  record RedriveAll(double perSecond) implements DlqCommand {}

  /// Remove one letter.
  ///
  /// @param id a job id or a message id
  record Discard(String id) implements DlqCommand {}
}
