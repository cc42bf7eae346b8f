package dev.prosa.local;

import static dev.prosa.local.Code.MAIN;
import static dev.prosa.local.Code.ROOT;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.prosa.core.runtime.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which program reads which setting: those that reach a class that names it.
///
/// @param settings the names of the settings that each program reads, by what it is called
record SettingReaders(Map<String, Set<String>> settings) {

  /// Read by every process that writes log lines, and by no class.
  private static final String LOG_LINES = "/logback.xml";

  /// Where each program begins; a program is what has settings of its own in a deployment.
  private static final Map<String, List<String>> BEGINNINGS =
      Map.of(
          "http", List.of("ingest.IngestMain", "front.IngestHttpMain"),
          "worker", List.of("worker.WorkerMain"),
          "gateway", List.of("gateway.WebSocketGatewayMain"),
          "up", List.of("local.UpMain"),
          "tools",
              List.of("local.ChatMain", "local.DlqMain", "local.StatusMain", "local.TokenMain"));

  /// In the order of the table.
  private static final List<String> PROGRAMS = List.of("up", "http", "worker", "gateway", "tools");

  static SettingReaders ofClassFiles() {
    var settings = new LinkedHashMap<String, Set<String>>();
    PROGRAMS.forEach(
        program -> settings.put(program, namedFrom(BEGINNINGS.getOrDefault(program, List.of()))));
    return new SettingReaders(settings);
  }

  /// The programs that read `setting`, in the order of the table.
  List<String> of(Setting setting) {
    var readers = new ArrayList<String>();
    var logs = logLines().contains("${" + setting.key());
    settings.forEach((program, names) -> {
      if (logs || names.contains(setting.name())) {
        readers.add(program);
      }
    });
    return readers;
  }

  private static Set<String> namedFrom(List<String> beginnings) {
    var named = new HashSet<String>();
    var seen = new HashSet<JavaClass>();
    var next = new ArrayDeque<JavaClass>();
    beginnings.forEach(name -> next.add(MAIN.get(ROOT + "." + name)));
    while (!next.isEmpty()) {
      var type = next.pop();
      if (seen.add(type) && !type.isEquivalentTo(Setting.class)) {
        type.getFieldAccessesFromSelf().stream()
            .filter(access -> access.getTargetOwner().isEquivalentTo(Setting.class))
            .forEach(access -> named.add(access.getTarget().getName()));
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> MAIN.contain(target.getName()))
            .forEach(next::add);
      }
    }
    return named;
  }

  private static String logLines() {
    try (var in = Setting.class.getResourceAsStream(LOG_LINES)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
