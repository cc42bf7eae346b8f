package dev.prosa.local.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The configuration of one embedded Redis, in the words of `redis.conf`.
record RedisConfig(int port, Path folder, String password) {

  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9]{16,512}");
  private static final int RANDOM_BYTES = 24;

  RedisConfig {
    if (!PASSWORD.matcher(password).matches()) {
      throw new IllegalArgumentException("password: 16 to 512 letters and digits are allowed");
    }
  }

  static String randomPassword() {
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  URI uri() {
    return URI.create("redis://:%s@%s:%d".formatted(password, LoopbackPort.HOST, port));
  }

  /// The text for standard input, where, unlike on the command line, other users cannot read the
  /// password.
  ///
  /// Nothing is saved, because Redis is a cache here. When it is full it gives up what was not used
  /// for longest, which is the text of replies that nobody reads any more; those that end soonest
  /// would be the connections, and then no reply would reach anybody. All keys of ours have an end.
  String text() {
    return """
    bind %s
    port %d
    dir "%s"
    requirepass %s
    daemonize no
    save ""
    appendonly no
    maxmemory 256mb
    maxmemory-policy volatile-lru
    """
        .formatted(LoopbackPort.HOST, port, escaped(folder), password);
  }

  private static String escaped(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public String toString() {
    return "RedisConfig[port=%d, folder=%s]".formatted(port, folder);
  }
}
