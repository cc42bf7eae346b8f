package dev.prosa.bench.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/// The page's client in an engine for JavaScript, whole or with something taken out. It belongs to
/// one thread, and serves many worlds, one after the other.
final class Scripts implements AutoCloseable {

  private static final String CLIENT = "prosa-client.js";
  private static final List<String> PARTS =
      List.of(
          CLIENT,
          "prosa-client/api.js",
          "prosa-client/reply-view.js",
          "prosa-client/connection.js",
          "prosa-client/http.js");

  private final Context context;
  private final Value openTab;

  Scripts(Mutation mutation) {
    context =
        Context.newBuilder("js")
            .allowIO(IOAccess.ALL)
            .allowHostAccess(HostAccess.EXPLICIT)
            .option("engine.WarnInterpreterOnly", "false")
            .option("js.esm-eval-returns-exports", "true")
            .build();
    try {
      openTab = load(mutation).getMember("openTab");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot load the page's client", e);
    }
  }

  /// Opens a tab.
  ///
  /// @param world what the tab sees of the world
  Value openTab(Object world) {
    return openTab.execute(world);
  }

  private Value load(Mutation mutation) throws IOException {
    var folder = Files.createTempDirectory("prosa-model");
    try {
      Files.createDirectory(folder.resolve("prosa-client"));
      for (var part : PARTS) {
        Files.writeString(folder.resolve(part), mutation.edited(part, resource("/web/" + part)));
      }
      var tab = Files.writeString(folder.resolve("tab.js"), resource("/model/tab.js"));
      var source = Source.newBuilder("js", tab.toFile());
      return context.eval(source.mimeType("application/javascript+module").build());
    } finally {
      remove(folder);
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = Scripts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Override
  public void close() {
    context.close(true);
  }
}
