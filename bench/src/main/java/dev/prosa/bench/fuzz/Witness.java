package dev.prosa.bench.fuzz;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;

/// A client that behaves, on a connection of its own.
final class Witness implements AutoCloseable {

  /// How soon everything must be answered.
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final int PONG = 0xa;

  /// It never matters which mask is used.
  private final SplittableRandom dice = new SplittableRandom(1);

  private final Socket socket;
  private final DataInputStream in;
  private long heard;

  private Witness(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /// Connects as `user` and waits for the greeting.
  ///
  /// @throws IOException when it does not come in time
  static Witness connect(String user, int port) throws IOException {
    var witness = new Witness(new Socket(InetAddress.getLoopbackAddress(), port));
    try {
      witness.socket.setTcpNoDelay(true);
      witness.socket.setSoTimeout((int) LIMIT.toMillis());
      witness.socket.getOutputStream().write(HandshakeFuzz.good(user));
      witness.readHead();
      witness.await("connection.ready");
      return witness;
    } catch (IOException e) {
      witness.close();
      throw e;
    }
  }

  private void readHead() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the handshake was answered with " + head);
    }
  }

  /// How long a ping takes to be answered, over everything else that comes meanwhile.
  ///
  /// @throws IOException when that takes too long, or the connection is closed
  Duration ping() throws IOException {
    var begin = System.nanoTime();
    write(Frame.text("{\"type\":\"ping\"}", dice));
    await("pong");
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void await(String type) throws IOException {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      var frame = Answer.read(in);
      if (frame == null || frame.opcode() == Frame.CLOSE) {
        throw new IOException("closed while it waited for " + type);
      }
      if (frame.opcode() == Frame.PING) {
        write(Frame.of(Frame.FIN | PONG, frame.payload(), dice));
      } else if (frame.text().startsWith("{\"type\":\"" + type + "\"")) {
        return;
      } else {
        heard++;
      }
    }
    throw new IOException("no " + type + " within " + LIMIT.toMillis() + " ms");
  }

  private void write(Frame frame) throws IOException {
    socket.getOutputStream().write(frame.bytes());
  }

  /// How many frames came beside greeting and pongs.
  long heard() {
    return heard;
  }

  @Override
  public void close() {
    try {
      write(Frame.of(Frame.FIN | Frame.CLOSE, new byte[] {0x03, (byte) 0xe8}, dice));
      socket.close();
    } catch (IOException gone) {
      // then there is nothing to close
    }
  }
}
