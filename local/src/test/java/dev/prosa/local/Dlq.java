package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.local.dlq.DlqScreen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One use of `prosa dlq`, as somebody at a terminal sees it.
///
/// @param code the exit code
record Dlq(int code, String out, String err) {

  static Dlq run(Path data, String line) {
    return run(data, line, Map.of());
  }

  static Dlq run(Path data, String line, Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("PROSA_DATA", data.toString());
    var settings = LocalSettings.of(environment, data.resolve("no.env"));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var screen = new DlqScreen(stream(out), stream(err));
    var code = DlqMain.run(List.of(line.split(" ")), settings, screen);
    return new Dlq(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return Json.read(out);
  }

  String outcome() {
    return json().path("results").path(0).path("outcome").asText();
  }
}
