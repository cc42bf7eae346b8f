package dev.prosa.core.reply;

/// What became of an event.
public sealed interface PublishOutcome {

  /// It was noted and sent to every gateway that holds a connection of the owner.
  ///
  /// @param gateways how many; 0 when the owner is not connected
  record Published(int gateways) implements PublishOutcome {}

  /// A higher attempt has spoken, or this one is over: the caller speaks into the void. The end of
  /// an attempt that was redriven since is such a thing, too.
  record Fenced() implements PublishOutcome {}

  /// The live text was lost in between; nothing was appended or sent.
  ///
  /// @param length how much of the attempt's text is there; the caller repeats the rest
  record Gap(int length) implements PublishOutcome {}
}
