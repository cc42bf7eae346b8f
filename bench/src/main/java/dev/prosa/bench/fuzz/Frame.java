package dev.prosa.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// A frame as a client writes it, or should not (RFC 6455, section 5.2).
final class Frame {

  static final int FIN = 0x80;
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;

  private static final int MIN_FORM = 7;
  private static final int MAX_7 = 125;
  private static final int MAX_16 = 0xffff;

  private final int first;
  private final int mask;
  private final boolean masked;
  private final int form;
  private final long length;
  private final byte[] payload;

  /// @param first FIN, the three reserved bits and the opcode
  /// @param mask four bytes; 0 sends the payload as it is
  /// @param masked whether the frame says that it is masked, and has a mask
  /// @param form how the length is written: in 7, 16 or 64 bits
  /// @param length the length that is declared, whatever the payload has; all 64 bits count
  /// @param payload not masked yet
  private Frame(int first, int mask, boolean masked, int form, long length, byte[] payload) {
    this.first = first;
    this.mask = mask;
    this.masked = masked;
    this.form = form;
    this.length = length;
    this.payload = payload;
  }

  /// A frame as it should be.
  ///
  /// @param first FIN and opcode
  static Frame of(int first, byte[] payload, RandomGenerator dice) {
    return new Frame(first, dice.nextInt(), true, form(payload.length), payload.length, payload);
  }

  static Frame text(String text, RandomGenerator dice) {
    return of(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8), dice);
  }

  private static int form(int length) {
    if (length <= MAX_7) {
      return MIN_FORM;
    }
    return length <= MAX_16 ? 16 : 64;
  }

  /// Its length once more, in a longer form than it needs.
  Frame spelledLonger(boolean muchLonger) {
    return declaring(form == MIN_FORM && !muchLonger ? 16 : 64, length);
  }

  Frame withFirst(int changed) {
    return new Frame(changed, mask, masked, form, length, payload);
  }

  Frame unmasked() {
    return new Frame(first, 0, false, form, length, payload);
  }

  /// @param bits 7, 16 or 64
  Frame declaring(int bits, long changed) {
    return new Frame(first, mask, masked, bits, changed, payload);
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream(payload.length + 14);
    out.write(first);
    var bit = masked ? 0x80 : 0;
    switch (form) {
      case 7 -> out.write(bit | (int) (length & 0x7f));
      case 16 -> {
        out.write(bit | 126);
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
      }
      default -> {
        out.write(bit | 127);
        out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
      }
    }
    if (masked) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(mask).array());
    }
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
    }
    return out.toByteArray();
  }
}
