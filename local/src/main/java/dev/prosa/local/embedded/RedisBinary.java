package dev.prosa.local.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// The `redis-server` program that `org.signal:embedded-redis` brings for some platforms.
///
/// Only the program is used. The library's own classes put the configuration into a world-readable
/// file, unpack into a new temporary folder at each start and leave both behind.
final class RedisBinary {

  /// The version in embedded-redis 0.9.1.
  private static final String VERSION = "7.0.15";

  private RedisBinary() {}

  /// Puts the program for a platform, as named by `os.name` and `os.arch`, into the folder, unless
  /// it is there already.
  ///
  /// @throws EmbeddedServerException when there is none for this platform
  static Path unpack(Path folder, String osName, String osArch) throws IOException {
    var name = nameFor(osName, osArch);
    var resource = RedisBinary.class.getResource("/" + name);
    if (resource == null) {
      throw new EmbeddedServerException(
          "There is no embedded Redis for %s on %s; set PROSA_REDIS_URL to a running Redis."
              .formatted(osName, osArch));
    }
    var binary = folder.toRealPath().resolve(name);
    if (!isComplete(binary, resource)) {
      write(resource, folder, binary);
    }
    return binary;
  }

  /// The resource's name; for an unknown platform one that does not exist.
  private static String nameFor(String osName, String osArch) {
    var os = osName.toLowerCase(Locale.ROOT);
    var system = os.startsWith("mac") ? "darwin" : os.equals("linux") ? "linux" : "none";
    var machine =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          case "x86", "i386", "i686" -> "386";
          default -> "none";
        };
    return "redis-server-%s-%s-%s".formatted(VERSION, system, machine);
  }

  private static boolean isComplete(Path binary, URL resource) throws IOException {
    var length = resource.openConnection().getContentLengthLong();
    return Files.isExecutable(binary) && Files.size(binary) == length;
  }

  private static void write(URL resource, Path folder, Path binary) throws IOException {
    var unfinished = Files.createTempFile(folder, "redis-server-", ".part");
    try (InputStream in = resource.openStream()) {
      Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!unfinished.toFile().setExecutable(true, true)) {
      throw new IOException("cannot make " + unfinished + " executable");
    }
    Files.move(unfinished, binary, StandardCopyOption.ATOMIC_MOVE);
  }
}
