package dev.prosa.core.reply;

/// What became of an event.
public sealed interface PublishOutcome {

  /// It was noted and sent to every gateway that holds a connection of the owner.
  ///
  /// @param gateways how many; 0 when the owner is not connected
  record Published(int gateways) implements PublishOutcome {}

  /// A higher attempt has spoken, or the job is final: the caller writes into the void.
  record Fenced() implements PublishOutcome {}

  /// The live text was lost in between; nothing was appended or sent.
  ///
  /// @param length how much of the attempt's text is there; the caller repeats the rest
  record Gap(int length) implements PublishOutcome {}
}
