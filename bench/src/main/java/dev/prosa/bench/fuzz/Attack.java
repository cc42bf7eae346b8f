package dev.prosa.bench.fuzz;

import dev.prosa.bench.fuzz.Answer.End;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One client that writes what it was told, in pieces, and reads until it is cut off.
final class Attack {

  /// How a client goes.
  enum Manner {
    /// When nothing comes any more.
    PATIENT,
    /// At once, but it still listens.
    HANGS_UP,
    /// At once, without a word.
    LEAVES
  }

  /// Longer than the gateway lets a closed connection linger.
  private static final int PATIENCE_MILLIS = 8_000;

  /// Far longer than a gateway takes to answer what it has got.
  private static final int SILENCE_MILLIS = 30;

  private static final int MAX_PIECES = 6;
  private static final int FINELY_CUT = 200;
  private static final byte[] NOTHING = {};
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final byte[] handshake;
  private final byte[] stream;
  private final List<Integer> pieces;
  private final Manner manner;

  /// @param handshake comes first, and its answer is waited for; empty for none
  /// @param stream comes then
  /// @param pieces where the stream is cut into pieces of TCP; ends with its length
  /// @param manner how it goes when it has written everything
  private Attack(byte[] handshake, byte[] stream, List<Integer> pieces, Manner manner) {
    this.handshake = handshake;
    this.stream = stream;
    this.pieces = pieces;
    this.manner = manner;
  }

  /// Frames after a good handshake of `user`.
  static Attack frames(String user, byte[] stream, RandomGenerator dice) {
    return new Attack(HandshakeFuzz.good(user), stream, pieces(stream.length, dice), manner(dice));
  }

  /// A handshake that may be none.
  static Attack handshake(byte[] stream, RandomGenerator dice) {
    return new Attack(NOTHING, stream, pieces(stream.length, dice), manner(dice));
  }

  private static Manner manner(RandomGenerator dice) {
    return switch (dice.nextInt(20)) {
      case 0 -> Manner.LEAVES;
      case 1, 2 -> Manner.HANGS_UP;
      default -> Manner.PATIENT;
    };
  }

  private static List<Integer> pieces(int length, RandomGenerator dice) {
    var ends = new ArrayList<Integer>();
    if (length < FINELY_CUT && dice.nextInt(20) == 0) {
      for (int i = 1; i < length; i++) {
        ends.add(i);
      }
    } else if (length > 0 && dice.nextBoolean()) {
      dice.ints(1 + dice.nextInt(MAX_PIECES), 0, length).sorted().forEach(ends::add);
    }
    ends.add(length);
    return ends;
  }

  /// How it goes when it has written everything.
  Manner manner() {
    return manner;
  }

  /// Does it. The socket is reset at the end, so that it leaves nothing behind in this machine.
  ///
  /// @throws IOException when it cannot even connect
  Answer at(InetAddress from, int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
      socket.setTcpNoDelay(true);
      socket.setSoLinger(true, 0);
      socket.setSoTimeout(PATIENCE_MILLIS);
      var heard = new ByteArrayOutputStream();
      var end = play(socket, heard);
      return new Answer(heard.toByteArray(), end);
    }
  }

  private End play(Socket socket, ByteArrayOutputStream heard) {
    try {
      var in = socket.getInputStream();
      if (handshake.length > 0) {
        socket.getOutputStream().write(handshake);
        readHead(in, heard);
      }
      write(socket.getOutputStream());
      switch (manner) {
        case PATIENT -> listen(socket, heard);
        case HANGS_UP -> hangUp(socket, heard);
        case LEAVES -> {
          // and is gone
        }
      }
      return End.CLOSED;
    } catch (SocketTimeoutException silent) {
      return End.LEFT_OPEN;
    } catch (IOException cut) {
      return End.CLOSED;
    }
  }

  /// Reads until it is cut off. When nothing comes any more it hangs up; earlier, what it has
  /// written might never be looked at.
  private static void listen(Socket socket, ByteArrayOutputStream heard) throws IOException {
    try {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.getInputStream().transferTo(heard);
    } catch (SocketTimeoutException silent) {
      hangUp(socket, heard);
    }
  }

  /// Writes nothing any more, which ends every connection.
  private static void hangUp(Socket socket, ByteArrayOutputStream heard) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getInputStream().transferTo(heard);
  }

  /// A gateway that gets more before it has answered closes at once.
  private static void readHead(InputStream in, ByteArrayOutputStream heard) throws IOException {
    for (int matched = 0; matched < HEAD_END.length; ) {
      var next = in.read();
      if (next < 0) {
        throw new EOFException("no answer");
      }
      heard.write(next);
      matched = next == HEAD_END[matched] ? matched + 1 : 0;
    }
  }

  private void write(OutputStream out) throws IOException {
    var from = 0;
    for (var to : pieces) {
      out.write(stream, from, to - from);
      from = to;
    }
  }
}
