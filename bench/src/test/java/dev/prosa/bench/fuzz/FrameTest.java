package dev.prosa.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

  private final SplittableRandom dice = new SplittableRandom(1);

  @ParameterizedTest
  @CsvSource({
    "0, 8180",
    "125, 81fd",
    "126, 81fe007e",
    "65535, 81feffff",
    "65536, 81ff0000000000010000",
  })
  void declares_a_length_in_the_shortest_form(int length, String header) {
    assertThat(hex(Frame.of(0x81, new byte[length], dice))).startsWith(header);
  }

  @Test
  void masks_its_payload() {
    var bytes = Frame.of(0x81, new byte[] {1, 2, 3, 4, 5}, dice).bytes();

    for (int i = 0; i < 5; i++) {
      assertThat(bytes[6 + i] ^ bytes[2 + i % 4]).isEqualTo(i + 1);
    }
  }

  @Test
  void declares_whatever_it_is_told() {
    var frame = Frame.of(0x81, new byte[] {7}, dice).unmasked();

    assertThat(hex(frame.declaring(64, Long.MAX_VALUE))).isEqualTo("817f7fffffffffffffff07");
    assertThat(hex(frame.declaring(16, 1))).isEqualTo("817e000107");
    assertThat(hex(frame.spelledLonger(true))).isEqualTo("817f000000000000000107");
  }

  private static String hex(Frame frame) {
    return HexFormat.of().formatHex(frame.bytes());
  }
}
