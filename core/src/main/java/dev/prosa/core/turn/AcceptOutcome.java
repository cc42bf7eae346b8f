package dev.prosa.core.turn;

/// What became of a [NewTurn].
public sealed interface AcceptOutcome {

  /// It is durable.
  ///
  /// @param turn as it was written
  record Accepted(Turn turn) implements AcceptOutcome {}

  /// The same key with the same body was accepted before; nothing was written now.
  ///
  /// @param turn the turn of the first request, as it stands now
  record Replayed(Turn turn) implements AcceptOutcome {}

  /// The key was used with another body; nothing was written.
  record KeyConflict() implements AcceptOutcome {}

  /// The conversation does not exist, is somebody else's, or was erased; or the key was used in one
  /// that was erased since. Nothing was written.
  record UnknownConversation() implements AcceptOutcome {}
}
