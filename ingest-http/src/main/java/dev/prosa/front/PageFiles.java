package dev.prosa.front;

import dev.prosa.ingest.http.StaticFile;
import dev.prosa.ingest.http.StaticFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Serves `/x` from `web/x` on the class path, `/docs` from `web/docs/index.html`, and
/// `/webjars/<name>/x` from the WebJar of that name, whatever its version. Files are read once:
/// they cannot change while the process runs.
///
/// @param loaded what was asked for so far; bounded by the number of files on the class path
record PageFiles(Map<String, StaticFile> loaded) implements StaticFiles {

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "yaml", "application/yaml", // RFC 9512
          "md", "text/markdown; charset=utf-8");

  /// What is asked for without naming a file.
  private static final Map<String, String> PAGES =
      Map.of(
          "/",
          "/index.html",
          "/docs",
          "/docs/index.html",
          "/docs/",
          "/docs/index.html",
          "/ops",
          "/ops/index.html");

  /// Who publishes WebJars.
  private static final List<String> PUBLISHERS = List.of("org.webjars.npm", "org.webjars");

  private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");
  private static final Pattern WEBJAR = Pattern.compile("/webjars/([a-z0-9.-]+)/(.+)");

  /// The page of this program.
  static PageFiles onClassPath() {
    return new PageFiles(new ConcurrentHashMap<>());
  }

  @Override
  public @Nullable StaticFile find(String path) {
    var file = PAGES.getOrDefault(path, path);
    if (!SAFE.matcher(file).matches() || !MEDIA_TYPES.containsKey(extension(file))) {
      return null;
    }
    var known = loaded.get(file);
    var found = known == null ? load(file) : known;
    if (known == null && found != null) {
      loaded.put(file, found);
    }
    return found;
  }

  private static @Nullable StaticFile load(String file) {
    try (var in = open(file)) {
      if (in == null) {
        return null;
      }
      var plain = in.readAllBytes();
      return new StaticFile(
          MEDIA_TYPES.getOrDefault(extension(file), ""), plain, gzip(plain), etag(plain));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static @Nullable InputStream open(String file) throws IOException {
    var resource = resource(file);
    return resource == null ? null : resourceAsStream(resource);
  }

  private static @Nullable String resource(String file) throws IOException {
    if (!WEBJAR.matcher(file).matches()) {
      return "web" + file;
    }
    var name = file.split("/", -1)[2];
    var version = version(name);
    var rest = file.substring("/webjars/".length() + name.length());
    return version == null ? null : "META-INF/resources/webjars/" + name + "/" + version + rest;
  }

  private static @Nullable String version(String name) throws IOException {
    for (var publisher : PUBLISHERS) {
      var version = version(publisher, name);
      if (version != null) {
        return version;
      }
    }
    return null;
  }

  private static @Nullable String version(String publisher, String name) throws IOException {
    try (var in =
        resourceAsStream("META-INF/maven/%s/%s/pom.properties".formatted(publisher, name))) {
      if (in == null) {
        return null;
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }

  private static @Nullable InputStream resourceAsStream(String resource) {
    return ClassLoader.getSystemResourceAsStream(resource);
  }

  private static String extension(String file) {
    return file.substring(file.lastIndexOf('.') + 1);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream(plain.length / 2);
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static String etag(byte[] plain) {
    var crc = new CRC32C();
    crc.update(plain);
    return "\"%08x-%x\"".formatted(crc.getValue(), plain.length);
  }
}
