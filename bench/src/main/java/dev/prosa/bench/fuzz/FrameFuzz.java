package dev.prosa.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// What one client writes after its handshake: messages of the protocol, and among them frames that
/// break it.
final class FrameFuzz {

  private static final int MAX_FRAMES = 20;

  /// More than the gateway allows in a minute.
  private static final int TALKATIVE = 120;

  /// Some say nothing wrong, some nothing right; in percent.
  private static final int[] SHARES = {0, 5, 20, 50, 100};

  private static final long[] LENGTHS = {
    0,
    1,
    125,
    126,
    127,
    65_535,
    65_536,
    65_537,
    1 << 20,
    Integer.MAX_VALUE,
    1L << 31,
    (1L << 32) + 5,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1
  };

  /// Overlong, surrogate, cut short, beyond the last character, never valid.
  private static final List<byte[]> BAD_UTF8 =
      List.of(hex("c080"), hex("eda080"), hex("e282"), hex("f4908080"), hex("ff"), hex("80"));

  private final RandomGenerator dice;
  private final Messages messages;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int frames;

  FrameFuzz(RandomGenerator dice, List<String> jobs) {
    this.dice = dice;
    this.messages = new Messages(jobs, dice);
  }

  /// How many frames [#stream] has written.
  int frames() {
    return frames;
  }

  /// Everything that the client writes.
  byte[] stream() {
    var share = SHARES[dice.nextInt(SHARES.length)];
    if (share == 0 && dice.nextInt(8) == 0) {
      talk(dice.nextBoolean());
    } else {
      var wanted = 1 + dice.nextInt(MAX_FRAMES);
      while (frames < wanted) {
        if (dice.nextInt(100) < share) {
          mutant();
        } else {
          write(good());
        }
      }
    }
    return out.toByteArray();
  }

  /// Says nothing wrong, but too much.
  private void talk(boolean pings) {
    for (int i = 0; i < TALKATIVE; i++) {
      write(pings ? Frame.of(Frame.FIN | Frame.PING, random(4), dice) : good());
    }
  }

  private Frame good() {
    return Frame.text(messages.good(), dice);
  }

  private void write(Frame frame) {
    write(frame.bytes());
  }

  private void write(byte[] bytes) {
    out.writeBytes(bytes);
    frames++;
  }

  private void mutant() {
    switch (dice.nextInt(16)) {
      case 0 -> write(good().withFirst(Frame.FIN | dice.nextInt(16)));
      case 1 -> write(good().withFirst(Frame.TEXT | dice.nextInt(16) << 4));
      case 2 -> write(good().unmasked());
      case 3 -> write(good().declaring(form(), length()));
      case 4 -> write(good().spelledLonger(dice.nextBoolean()));
      case 5 -> fragments(messages.good().getBytes(StandardCharsets.UTF_8));
      case 6 -> fragments(badUtf8());
      case 7 -> write(Frame.of(Frame.FIN | Frame.TEXT, badUtf8(), dice));
      case 8 -> write(control(Frame.FIN, dice.nextInt(200)));
      case 9 -> write(control(0, dice.nextInt(10)));
      case 10 -> write(Frame.of(Frame.FIN | Frame.CLOSE, goodbye(), dice));
      case 11 -> write(big());
      case 12 -> write(cut(good().bytes()));
      case 13 -> write(random(1 + dice.nextInt(40)));
      case 14 -> write(flipped(good().bytes()));
      default -> write(Frame.text(messages.bad(), dice));
    }
  }

  private int form() {
    return new int[] {7, 16, 64}[dice.nextInt(3)];
  }

  private long length() {
    return dice.nextInt(4) == 0 ? dice.nextLong() : LENGTHS[dice.nextInt(LENGTHS.length)];
  }

  /// A message in pieces, with control frames in between; now and then the end never comes, or
  /// another message does.
  private void fragments(byte[] payload) {
    var pieces = 1 + dice.nextInt(6);
    var from = 0;
    for (int i = 0; i < pieces; i++) {
      var to = i == pieces - 1 ? payload.length : from + dice.nextInt(payload.length - from + 1);
      var opcode = i == 0 || dice.nextInt(20) == 0 ? Frame.TEXT : Frame.CONTINUATION;
      var fin = i == pieces - 1 && dice.nextInt(5) != 0 ? Frame.FIN : 0;
      write(Frame.of(fin | opcode, Arrays.copyOfRange(payload, from, to), dice));
      from = to;
      if (dice.nextInt(3) == 0) {
        write(control(Frame.FIN, dice.nextInt(30)));
      }
    }
  }

  private Frame control(int fin, int length) {
    return Frame.of(fin | Frame.PING | dice.nextInt(2), random(length), dice);
  }

  private byte[] badUtf8() {
    var text = messages.good().getBytes(StandardCharsets.UTF_8);
    var bad = BAD_UTF8.get(dice.nextInt(BAD_UTF8.size()));
    var at = dice.nextInt(text.length + 1);
    return ByteBuffer.allocate(text.length + bad.length)
        .put(text, 0, at)
        .put(bad)
        .put(text, at, text.length - at)
        .array();
  }

  /// Codes that exist, codes that must not be sent, half a code, a reason that is no text.
  private byte[] goodbye() {
    var code = dice.nextInt(3) == 0 ? dice.nextInt(0x1_0000) : 990 + dice.nextInt(30);
    var whole = ByteBuffer.allocate(20).putShort((short) code).put(random(18)).array();
    return Arrays.copyOf(whole, dice.nextInt(whole.length + 1));
  }

  private Frame big() {
    var sizes = new int[] {126, 65_535, 65_536, 65_537, 70_000};
    var payload = new byte[sizes[dice.nextInt(sizes.length)]];
    Arrays.fill(payload, (byte) ' ');
    return Frame.of(Frame.FIN | Frame.TEXT, payload, dice);
  }

  private byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, dice.nextInt(bytes.length));
  }

  private byte[] random(int length) {
    var bytes = new byte[length];
    dice.nextBytes(bytes);
    return bytes;
  }

  private byte[] flipped(byte[] bytes) {
    for (int i = 1 + dice.nextInt(4); i > 0; i--) {
      bytes[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(8));
    }
    return bytes;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
