package dev.prosa.local.chat;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A chat with a running Prosa, line by line.
public sealed interface TerminalChat extends AutoCloseable permits ChatSession {

  /// The commands, one a line, for people.
  String COMMANDS = ChatCommand.HELP;

  /// A chat that is not connected yet.
  ///
  /// @param server where Prosa's HTTP API is, without a `/` at its end
  /// @param token what proves who is chatting; null when nobody asks for that
  static TerminalChat with(URI server, @Nullable String token, Terminal terminal) {
    return ChatSession.with(server, token, terminal);
  }

  /// Talks until the input ends or `/quit` is typed. Called once.
  ///
  /// @return the exit code: 0; 1 when nobody sits at the terminal and a message got no reply; 2
  ///   when nothing answers at `server`
  int run();

  /// Leaves, also in the middle of a reply; what is under way goes on at the server. May be called
  /// from any thread.
  @Override
  void close();
}
