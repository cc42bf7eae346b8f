package dev.prosa.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// Starts the whole chat in this JVM.
final class Chats {

  private Chats() {}

  /// On free ports, with what it keeps in `data`, and nothing of this machine's environment.
  static RunningChat start(Path data) {
    return start(data, Map.of());
  }

  static RunningChat start(Path data, Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("PROSA_HTTP_PORT", "0");
    environment.put("PROSA_WS_PORT", "0");
    environment.put("PROSA_DATA", data.toString());
    return UpMain.start(
        LocalSettings.of(environment, data.resolve("no.env")),
        LoggerFactory.getLogger(Chats.class)::debug);
  }
}
