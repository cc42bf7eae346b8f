package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/// The page as a device shows it: its size, its colours, its network, and what a check of its
/// accessibility finds.
record ChatPageLook(ChromeDriver driver) {

  private static final String AXE = "META-INF/maven/org.webjars.npm/axe-core/pom.properties";

  /// Runs the rules of WCAG 2.1 A and AA and the good practices, and says what broke one. What
  /// fades in has come to rest then: half of a colour has half of its contrast.
  private static final String CHECK =
      """
      const done = arguments[0];
      const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime);
      const rest = document.getAnimations().filter(ends).map(({ finished }) => finished);
      Promise.allSettled(rest).then(() => axe.run(document)).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
          nodes.map(node => id + ': ' + node.target + ' ' + node.failureSummary))),
        error => done([String(error)]));
      """;

  void desktop() {
    size(1200, 800, false);
  }

  void phone() {
    size(390, 844, true);
  }

  private void size(int width, int height, boolean mobile) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", mobile));
  }

  /// @param scheme `light` or `dark`
  void colours(String scheme) {
    media("prefers-color-scheme", scheme);
  }

  /// @param name of a media feature, such as `prefers-reduced-motion`
  void media(String name, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", name, "value", value))));
  }

  /// Takes the network away, or gives it back.
  void online(boolean online) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", !online, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /// Fails when the page, as it is now, cannot be used by everybody.
  void assertAccessible(String state) {
    driver.executeScript(axe());
    assertThat((List<?>) Objects.requireNonNull(driver.executeAsyncScript(CHECK)))
        .as(state)
        .isEmpty();
  }

  private static String axe() {
    var properties = new Properties();
    try {
      properties.load(new StringReader(resource(AXE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var version = properties.getProperty("version");
    return resource("META-INF/resources/webjars/axe-core/" + version + "/axe.min.js");
  }

  private static String resource(String name) {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
