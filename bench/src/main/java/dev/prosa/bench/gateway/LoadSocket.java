package dev.prosa.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The client's side of RFC 6455, as little of it as a server needs to believe in a client. Used by
/// the thread of its [LoadClient] only, except for what says otherwise.
final class LoadSocket {

  /// The connection broke without a word (RFC 6455, section 7.1.5).
  static final int CUT = 1006;

  private static final int BROKEN_PROTOCOL = 1002;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final byte[] NOTHING = {};

  private final SocketChannel channel;
  private final Dial dial;
  private final Ears ears;
  private final int number;
  private byte[] rest = NOTHING;
  private boolean open;
  private boolean closed;

  private LoadSocket(SocketChannel channel, Dial dial, Ears ears, int number) {
    this.channel = channel;
    this.dial = dial;
    this.ears = ears;
    this.number = number;
  }

  /// @param number tells the ears which one it is
  /// @param receiveBuffer what the system may keep for it, in bytes; 0 for what is usual
  static LoadSocket connect(
      Selector selector, Dial dial, Ears ears, int number, int receiveBuffer) {
    try {
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (receiveBuffer > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
      }
      var socket = new LoadSocket(channel, dial, ears, number);
      channel.register(selector, SelectionKey.OP_CONNECT, socket);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), dial.port()));
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException("cannot open one more socket", e);
    }
  }

  /// Which one of its ears' sockets it is. Any thread may ask.
  int number() {
    return number;
  }

  /// The key is ready for something.
  ///
  /// @param buffer for what is received; larger than any frame
  void ready(SelectionKey key, ByteBuffer buffer) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        write(dial.request());
      } else if (key.isReadable()) {
        read(buffer);
      }
    } catch (IOException cut) {
      end(CUT);
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    buffer.clear().put(rest);
    rest = NOTHING;
    var count = channel.read(buffer);
    buffer.flip();
    if (open || accept(buffer)) {
      readFrames(buffer);
    }
    if (buffer.hasRemaining() && !closed) {
      rest = new byte[buffer.remaining()];
      buffer.get(rest);
    }
    if (count < 0) {
      end(CUT);
    }
  }

  /// Reads the response to the handshake when all of it is there.
  private boolean accept(ByteBuffer buffer) {
    var text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
    var end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!Dial.isAccepted(text)) {
      end(CUT);
      return false;
    }
    buffer.position(end + 4);
    open = true;
    ears.opened(this);
    return true;
  }

  private void readFrames(ByteBuffer buffer) {
    while (!closed && buffer.remaining() >= 2) {
      var begin = buffer.position();
      var first = buffer.get() & 0xff;
      var length = length(buffer);
      if (length < 0 || buffer.remaining() < length) {
        buffer.position(begin);
        return;
      }
      var end = buffer.position() + length;
      take(first, buffer.slice(buffer.position(), length));
      buffer.position(end);
    }
  }

  /// The length of the payload (RFC 6455, section 5.2); -1 when it is not all there yet.
  private static int length(ByteBuffer buffer) {
    var length = buffer.get() & 0xff;
    if (length == 126) {
      return buffer.remaining() < 2 ? -1 : buffer.getShort() & 0xffff;
    }
    if (length == 127) {
      return buffer.remaining() < 8 ? -1 : Math.toIntExact(buffer.getLong());
    }
    return length;
  }

  private void take(int first, ByteBuffer payload) {
    switch (first ^ 0x80) {
      case TEXT -> ears.heard(this, payload);
      case CLOSE -> end(payload.remaining() >= 2 ? payload.getShort() & 0xffff : CUT);
      case PING -> sendFrame(PONG, payload);
      case PONG -> {}
      default -> end(BROKEN_PROTOCOL); // servers here send no fragments, and text only
    }
  }

  /// Sends a text frame.
  ///
  /// @param text at most 125 bytes as UTF-8
  void send(String text) {
    sendFrame(TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// The masking key is zero: it protects proxies (RFC 6455, section 10.3), and there is none.
  private void sendFrame(int opcode, ByteBuffer payload) {
    var frame = ByteBuffer.allocate(6 + payload.remaining());
    frame.put((byte) (0x80 | opcode)).put((byte) (0x80 | payload.remaining())).putInt(0);
    try {
      write(frame.put(payload).flip());
    } catch (IOException cut) {
      end(CUT);
    }
  }

  /// What a client sends is small and rare, so the system has room for all of it.
  private void write(ByteBuffer bytes) throws IOException {
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("the server does not read");
    }
  }

  /// Stops reading, or goes on.
  ///
  /// @param selector of its client
  /// @param reading going on, the system may take as much as it likes
  void read(Selector selector, boolean reading) {
    var key = channel.keyFor(selector);
    if (key == null || !key.isValid()) {
      return;
    }
    key.interestOps(reading ? SelectionKey.OP_READ : 0);
    try {
      if (reading) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
      }
    } catch (IOException cut) {
      end(CUT);
    }
  }

  /// Drops the connection without a word, and leaves no port waiting behind.
  void cut() {
    end(CUT);
  }

  private void end(int code) {
    if (closed) {
      return;
    }
    closed = true;
    rest = NOTHING;
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      open = false;
    }
    ears.closed(this, code);
  }
}
