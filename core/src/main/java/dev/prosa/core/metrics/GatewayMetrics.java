package dev.prosa.core.metrics;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// What a WebSocket gateway counts. It is a part of the [Metrics] of its process and shown with
/// them. Thread-safe; nothing here waits or fails, and nobody is named.
public sealed interface GatewayMetrics permits PrometheusGatewayMetrics {

  /// Why a client was turned away.
  enum Refusal {
    /// All sockets or all places for clients are taken.
    FULL,
    /// The gateway stops.
    DRAINING,
    /// The user has opened a newer connection than this one, and enough others.
    TOO_MANY_PER_USER,
    /// The client address has enough sockets.
    TOO_MANY_PER_ADDRESS,
    /// A page that may not connect.
    ORIGIN,
    /// The ticket or token is missing or proves nothing.
    CREDENTIALS,
    /// What tells who a client is did not answer.
    UNAVAILABLE,
    /// The handshake did not come in time.
    TIMEOUT,
    /// The handshake is longer than any that a browser sends.
    TOO_LONG,
    /// It is no handshake of a WebSocket.
    MALFORMED
  }

  /// What came of one job that a client asked to resume.
  enum Resume {
    /// The client was sent what it lacked.
    SENT,
    /// There was nothing that it lacked.
    UP_TO_DATE,
    /// The job runs, but its live text is lost; the client polls.
    TEXT_LOST,
    /// The user has no such job.
    NOT_FOUND,
    /// The table did not answer; the client asks again.
    UNAVAILABLE
  }

  /// Metrics that nobody reads; for simulations and tests.
  static GatewayMetrics unread() {
    return Metrics.create().gateway();
  }

  /// Where to read, whenever somebody looks, what is not counted here. A gateway that is started
  /// later in the same process takes the place of the one before.
  ///
  /// @param connections how many clients are let in and not gone yet
  /// @param queuedBytes what waits for all of them to be written
  void watch(IntSupplier connections, LongSupplier queuedBytes);

  /// A frame was handed to all the sockets of its owner.
  ///
  /// @param lag since it was published; clocks that differ may make it negative, which counts as 0
  void delivered(Duration lag);

  /// A frame was handed to a socket.
  void sent();

  /// The operating system took this many bytes for a client, those of the handshake, too.
  void wrote(int bytes);

  /// A client was turned away.
  void refused(Refusal reason);

  /// A connection that had been opened ended.
  ///
  /// @param code the close code (RFC 6455, section 7.4); 0 stands for all that a client made up, so
  ///   that there are only so many
  void closed(int code);

  /// A client was asked to reconnect elsewhere.
  void askedToReconnect();

  /// A message or ping was one too many.
  void rateLimited();

  /// A client asked to resume, whatever number of jobs.
  void resumeAsked();

  /// A job among those was dealt with.
  void resumed(Resume outcome);
}
