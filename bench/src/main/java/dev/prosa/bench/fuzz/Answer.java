package dev.prosa.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a gateway wrote to one client.
final class Answer {

  private static final String HEAD_END = "\r\n\r\n";
  private static final int CODE_BYTES = 2;

  private final byte[] bytes;
  private final End end;

  /// @param bytes all of it, until its end; not changed any more
  Answer(byte[] bytes, End end) {
    this.bytes = bytes;
    this.end = end;
  }

  /// How a connection ends.
  enum End {
    /// The gateway closed it, or the client had cut it.
    CLOSED,
    /// The client wrote all it had and went, and the gateway stayed.
    LEFT_OPEN
  }

  /// A frame as a server writes it: never masked.
  static final class ServerFrame {

    private final int opcode;
    private final byte[] payload;

    private ServerFrame(int opcode, byte[] payload) {
      this.opcode = opcode;
      this.payload = payload;
    }

    /// What kind of frame it is.
    int opcode() {
      return opcode;
    }

    /// All of it.
    byte[] payload() {
      return payload;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /// How the connection ended.
  End end() {
    return end;
  }

  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// The status of the handshake; `none` when there is none.
  String status() {
    var text = text();
    return text.startsWith("HTTP/1.1 ") && text.length() >= 12 ? text.substring(9, 12) : "none";
  }

  /// The code of the close frame; `none` when there is none.
  String closeCode() {
    var head = text().indexOf(HEAD_END);
    if (head < 0) {
      return "none";
    }
    var begin = head + HEAD_END.length();
    try (var in = in(begin)) {
      for (var frame = read(in); frame != null; frame = read(in)) {
        if (frame.opcode() == Frame.CLOSE) {
          return code(frame.payload());
        }
      }
    } catch (IOException cut) {
      return "none";
    }
    return "none";
  }

  private DataInputStream in(int begin) {
    return new DataInputStream(new ByteArrayInputStream(bytes, begin, bytes.length - begin));
  }

  private static String code(byte[] payload) {
    return payload.length < CODE_BYTES
        ? "without a code"
        : Integer.toString((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
  }

  /// The next frame; null at the end.
  static @Nullable ServerFrame read(DataInputStream in) throws IOException {
    var first = in.read();
    if (first < 0) {
      return null;
    }
    var length = (long) in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new ServerFrame(first & 0xf, in.readNBytes(Math.toIntExact(length)));
  }
}
