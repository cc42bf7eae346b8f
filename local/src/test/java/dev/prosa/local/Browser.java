package dev.prosa.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// Chromium without a window, as it is installed here; nothing is downloaded.
final class Browser {

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static final List<Path> APPLICATIONS =
      List.of(
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
          Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));

  /// It warns of every Chromium that is newer than Selenium.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

  private Browser() {}

  /// Starts one; where there is none, the tests that want it are skipped.
  ///
  /// @param profile an empty folder
  static ChromeDriver start(Path profile) {
    var browser =
        find(Stream.concat(BROWSERS.stream().flatMap(Browser::places), APPLICATIONS.stream()));
    var driver = find(places("chromedriver"));
    assumeTrue(
        browser != null && driver != null,
        "To see the page tested, install Chromium and its driver:"
            + " apt-get install chromium chromium-driver, or"
            + " brew install --cask google-chrome chromedriver.");
    SELENIUM.setLevel(Level.SEVERE);
    // with it Selenium looks for no driver, and so downloads none
    System.setProperty(ChromeDriverService.CHROME_DRIVER_EXE_PROPERTY, driver.getPath());
    return new ChromeDriver(options(profile).setBinary(browser));
  }

  private static ChromeOptions options(Path profile) {
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage", // a container has little of it, and pages crash without
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1200,900",
        "--user-data-dir=" + profile);
  }

  private static Stream<Path> places(String program) {
    var path = String.valueOf(System.getenv("PATH")) + File.pathSeparator + "/usr/bin";
    return Stream.of(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, program));
  }

  private static @Nullable File find(Stream<Path> candidates) {
    return candidates.filter(Files::isExecutable).map(Path::toFile).findFirst().orElse(null);
  }
}
