package dev.prosa.gateway;

import java.time.Duration;

/// The socket of one client. Thread-safe; only [#awaitRoom] waits.
public interface Wire {

  /// Queues a text frame. When the socket is closed, nothing happens.
  ///
  /// @param utf8 the text; shared between connections and never changed
  /// @return false when too much waits already; then the frame is dropped
  boolean offer(byte[] utf8);

  /// Waits until a good part of what waits was written.
  ///
  /// @return false when that took longer than `patience`, or the socket is closed
  boolean awaitRoom(Duration patience);

  /// Says why and closes, after what waits was written, or at once when that takes too long.
  void close(CloseCode code);
}
