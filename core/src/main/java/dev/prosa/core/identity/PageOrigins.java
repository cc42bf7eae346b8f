package dev.prosa.core.identity;

import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The pages that may call and connect.
///
/// @param all each exactly as a browser sends it in `Origin`
public record PageOrigins(Set<String> all) {

  private static final int DEFAULT_HTTP_PORT = 80;

  public PageOrigins {
    all = Set.copyOf(all);
  }

  /// Those in `settings`. Without any it is the page of this machine, under both of its names. The
  /// port in them is the one in `settings`: whoever lets the system choose it puts the real one
  /// there before.
  ///
  /// @throws InvalidSettingsException when one is more than an origin
  public static PageOrigins of(Settings settings) {
    var given = settings.textOrNull(Setting.ALLOWED_ORIGINS);
    if (given == null) {
      var port = settings.number(Setting.HTTP_PORT);
      var suffix = port == DEFAULT_HTTP_PORT ? "" : ":" + port;
      return new PageOrigins(Set.of("http://localhost" + suffix, "http://127.0.0.1" + suffix));
    }
    var origins = new TreeSet<String>();
    var problems = new ArrayList<String>();
    for (var text : List.of(given.split(","))) {
      var origin = origin(URI.create(text.strip()));
      if (origin == null) {
        problems.add(
            "%s=%s is not allowed: an origin is scheme, host and port only"
                .formatted(Setting.ALLOWED_ORIGINS.key(), text.strip()));
      } else {
        origins.add(origin);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new PageOrigins(origins);
  }

  /// The spelling browsers use (RFC 6454, section 6.2); null when there is a path or a query.
  private static @Nullable String origin(URI uri) {
    var path = uri.getRawPath();
    var bare = path == null || path.isEmpty() || path.equals("/");
    if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return null;
    }
    return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
  }
}
