package dev.prosa.local;

import dev.prosa.core.runtime.Setting;

/// Chooses how this process logs, before the first logger is made.
final class LogFiles {

  private LogFiles() {}

  /// For people, warnings appear on the screen and all the rest is in `prosa.log` under the data
  /// folder; for machines, everything is JSON on standard output.
  static void use(LocalSettings settings) {
    System.setProperty("prosa.data", settings.data().toString());
    System.setProperty(
        "logback.configurationFile",
        "logback-" + settings.settings().text(Setting.LOG_FORMAT) + ".xml");
  }

  /// For a command whose standard output is its answer, warnings go beside it.
  static void useForTool() {
    System.setProperty("logback.configurationFile", "logback-tool.xml");
  }
}
