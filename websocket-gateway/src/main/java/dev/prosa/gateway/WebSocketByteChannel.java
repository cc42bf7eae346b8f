package dev.prosa.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Tells a peer what was written. Only the server's selector thread uses it.
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
  private boolean refused;

  WebSocketByteChannel(SocketChannel channel, WebSocketPeer peer) {
    this.channel = channel;
    this.peer = peer;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (peer.isForbidden()) {
      return refuse(from);
    }
    var written = channel.write(from);
    peer.drained(written);
    return written;
  }

  /// The library answers every refused handshake with 404, which says something else. The answer is
  /// the first thing on the socket, so there is room for it.
  private int refuse(ByteBuffer instead) throws IOException {
    var swallowed = instead.remaining();
    instead.position(instead.limit());
    if (!refused) {
      refused = true;
      channel.write(ByteBuffer.wrap(FORBIDDEN));
    }
    return swallowed;
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
