package dev.prosa.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/// The live frames of one client. While it is answered they wait: one that overtakes the answer to
/// a resume would look like a gap, and the client would ask again. Thread-safe.
final class LiveFrames {

  /// As much as may wait in the socket.
  static final int MAX_HELD_BYTES = WebSocketPeer.MAX_BACKLOG_BYTES;

  private final Wire wire;
  private final Deque<byte[]> held = new ArrayDeque<>();
  private int heldBytes;
  private boolean begun;
  private boolean holding;

  LiveFrames(Wire wire) {
    this.wire = wire;
  }

  /// Sends what comes before all live frames. Whoever has read it misses none of them: one that
  /// comes meanwhile waits until it is sent.
  synchronized void begin(byte[] first) {
    var _ = wire.offer(first);
    begun = true;
  }

  /// Sends a frame, or keeps it until [#release]; passes over it before [#begin].
  ///
  /// @return false when too much waits already
  synchronized boolean offer(byte[] frame) {
    if (!begun) {
      return true;
    }
    if (!holding) {
      return wire.offer(frame);
    }
    held.add(frame);
    heldBytes += frame.length;
    return heldBytes <= MAX_HELD_BYTES;
  }

  /// From now on frames are kept.
  synchronized void hold() {
    holding = true;
  }

  /// Sends what was kept, in order; later frames go out at once.
  ///
  /// @return false when too much waits already
  synchronized boolean release() {
    holding = false;
    heldBytes = 0;
    var all = true;
    for (var frame = held.poll(); frame != null; frame = held.poll()) {
      all &= wire.offer(frame);
    }
    return all;
  }
}
