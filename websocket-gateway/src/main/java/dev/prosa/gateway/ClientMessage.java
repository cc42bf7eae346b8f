package dev.prosa.gateway;

import java.util.List;

/// What a client may say.
sealed interface ClientMessage {

  /// Answered by a pong.
  record Ping() implements ClientMessage {}

  /// Asks for what is missing of some jobs.
  ///
  /// @param jobs at most [ClientMessageParser#MAX_JOBS]
  record Resume(List<Shown> jobs) implements ClientMessage {}

  /// Asks to stop a job.
  ///
  /// @param jobId as the client wrote it
  record Cancel(String jobId) implements ClientMessage {}

  /// Something this version does not know, or does nothing about; it is passed over.
  record Other() implements ClientMessage {}

  /// Not a message of the protocol.
  record Malformed() implements ClientMessage {}

  /// What a client shows of a job.
  ///
  /// @param jobId as the client wrote it
  /// @param attempt the attempt it shows text of; 0 when it shows none
  /// @param length how much of it, in UTF-16 units; 0 or more
  record Shown(String jobId, int attempt, int length) {}
}
