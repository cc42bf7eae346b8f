package dev.prosa.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The way out of one socket, and what a peer learns about it. Thread-safe.
///
/// The library writes on one thread, which has to be woken for every frame and then looks at every
/// socket that it wrote to before. So a frame is written at once by whoever brings it, as far as
/// the system takes it; only what is left waits for the library.
final class WebSocketByteChannel implements ByteChannel {

  private static final byte[] FORBIDDEN =
      """
      HTTP/1.1 403 Forbidden\r
      Content-Length: 0\r
      Connection: close\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final WebSocketPeer peer;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ByteBuffer rest;
  private @Nullable ByteBuffer mark;
  private boolean refused;

  WebSocketByteChannel(SocketChannel channel, WebSocketPeer peer) {
    this.channel = channel;
    this.peer = peer;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  /// Writes a frame, or puts it at the end of the library's queue.
  ///
  /// The rest of a frame goes out before anything else. The library must be made to write for it,
  /// so a mark is queued that only stands for it: the library may have queued a frame of its own in
  /// the meantime, and what is queued is written in order.
  ///
  /// @param queue the library's, which it alone empties
  /// @return whether nothing waits; otherwise the library has to be asked to write
  boolean send(ByteBuffer frame, Queue<ByteBuffer> queue) {
    lock.lock();
    try {
      var first = queue.isEmpty();
      if (first) {
        writeNow(frame);
      }
      if (!frame.hasRemaining()) {
        return true;
      }
      // before it can be written, or it would be counted out before it was counted in
      peer.queued(frame.remaining());
      if (first) {
        rest = frame;
        mark = ByteBuffer.allocate(1);
        queue.add(mark);
      } else {
        queue.add(frame);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void writeNow(ByteBuffer frame) {
    try {
      peer.wrote(channel.write(frame));
    } catch (IOException broken) {
      // the library's thread meets it as well, as soon as it writes the rest, and closes
    }
  }

  /// Only the library's thread calls this, with what is first in its queue.
  @Override
  @SuppressWarnings("ReferenceEquality") // the mark is one buffer, whatever is in others
  public int write(ByteBuffer from) throws IOException {
    if (peer.isForbidden()) {
      return refuse(from);
    }
    lock.lock();
    try {
      if (rest != null) {
        peer.drained(channel.write(rest));
        if (rest.hasRemaining()) {
          return 0;
        }
        rest = null;
      }
      if (from == mark) {
        mark = null;
        return swallow(from);
      }
      var written = channel.write(from);
      peer.drained(written);
      return written;
    } finally {
      lock.unlock();
    }
  }

  private static int swallow(ByteBuffer from) {
    var swallowed = from.remaining();
    from.position(from.limit());
    return swallowed;
  }

  /// The library answers every refused handshake with 404, which says something else. The answer is
  /// the first thing on the socket, so there is room for it.
  private int refuse(ByteBuffer instead) throws IOException {
    if (!refused) {
      refused = true;
      channel.write(ByteBuffer.wrap(FORBIDDEN));
    }
    return swallow(instead);
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
