package dev.prosa.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client may say.
sealed interface ClientMessage {

  /// What is answered to its owner and changes nothing about the connection.
  sealed interface Request extends ClientMessage {}

  /// Proves again who the client is; one of both is given.
  ///
  /// @param ticket a new one; null when there is a token
  /// @param token a new one; null when there is a ticket
  record Refresh(@Nullable String ticket, @Nullable String token) implements ClientMessage {

    /// Never shows what it holds.
    @Override
    public String toString() {
      return "Refresh[]";
    }
  }

  /// Answered by a pong.
  record Ping() implements Request {}

  /// Asks for what is missing of some jobs.
  ///
  /// @param jobs at most [ClientMessageParser#MAX_JOBS]
  record Resume(List<Shown> jobs) implements Request {}

  /// Asks to stop a job.
  ///
  /// @param jobId as the client wrote it
  record Cancel(String jobId) implements Request {}

  /// Something this version does not know, or does nothing about; it is passed over.
  record Other() implements Request {}

  /// Not a message of the protocol.
  record Malformed() implements Request {}

  /// What a client shows of a job.
  ///
  /// @param jobId as the client wrote it
  /// @param attempt the attempt it shows text of; 0 when it shows none
  /// @param length how much of it, in UTF-16 units; 0 or more
  record Shown(String jobId, int attempt, int length) {}
}
