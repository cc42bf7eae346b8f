package dev.prosa.worker.deliver;

import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.Turn;

/// Takes the text of one attempt and brings it to the browsers. One thread appends; the text
/// travels on another, so that a slow channel never slows the model down.
public sealed interface ReplyWriter extends AutoCloseable permits CoalescingWriter {

  /// Announces the attempt and begins to deliver.
  ///
  /// @param turn a claimed turn
  /// @param model the model that is asked
  /// @param clockwork runs what delivers
  /// @param onFenced called once when somebody else answers the turn; must not block
  static ReplyWriter open(
      ReplyChannel channel, Turn turn, String model, Clockwork clockwork, Runnable onFenced) {
    var writer = new CoalescingWriter(channel, turn, clockwork, onFenced);
    writer.start(model);
    return writer;
  }

  /// Adds text. Never blocks.
  ///
  /// @throws ReplyTooLongException when the reply would not fit the store; what came before stays
  void append(String text);

  /// Everything that was appended.
  String text();

  /// Stops delivering. Text that has not travelled stays behind: the final event brings it all.
  @Override
  void close();
}
