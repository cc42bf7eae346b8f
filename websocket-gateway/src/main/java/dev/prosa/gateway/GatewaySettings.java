package dev.prosa.gateway;

import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a gateway can be told.
///
/// @param host the address to listen on
/// @param port the port to listen on, 0 to 65535; 0 takes any free one
/// @param allowedOrigins pages that may connect, each exactly as a browser sends it in `Origin`
/// @param redis where Redis is
/// @param dynamoDb where the table is
/// @param table the name of the table
/// @param identity whose tokens are believed; null believes everybody, on loopback only
/// @param limits what one client may take
public record GatewaySettings(
    String host,
    int port,
    Set<String> allowedOrigins,
    URI redis,
    AwsTarget dynamoDb,
    String table,
    @Nullable JwtSettings identity,
    Limits limits) {

  private static final int DEFAULT_HTTP_PORT = 80;

  /// What one client may take.
  ///
  /// @param perUser connections of one user, 1 or more
  /// @param perAddress sockets of one client address, handshakes included; 1 or more
  /// @param proxies reverse proxies in front that each append to `X-Forwarded-For`, 0 or more
  public record Limits(int perUser, int perAddress, int proxies) {

    private static Limits of(Settings settings) {
      return new Limits(
          settings.number(Setting.WS_MAX_PER_USER),
          settings.number(Setting.WS_MAX_PER_ADDRESS),
          settings.number(Setting.PROXIES));
    }
  }

  public GatewaySettings {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /// The part of `settings` that concerns a gateway.
  ///
  /// Without allowed origins the page of this machine is allowed, under both of its names. The port
  /// in them is the one in `settings`: whoever lets the system choose it puts the real one there
  /// before.
  ///
  /// @throws InvalidSettingsException when an allowed origin is more than an origin
  public static GatewaySettings of(Settings settings) {
    return new GatewaySettings(
        settings.text(Setting.HOST),
        settings.number(Setting.WS_PORT),
        origins(settings),
        Objects.requireNonNull(settings.urlOrNull(Setting.REDIS_URL)),
        new AwsTarget(
            settings.text(Setting.AWS_REGION), settings.urlOrNull(Setting.DYNAMODB_ENDPOINT)),
        settings.text(Setting.TABLE),
        JwtSettings.of(settings),
        Limits.of(settings));
  }

  private static Set<String> origins(Settings settings) {
    var given = settings.textOrNull(Setting.ALLOWED_ORIGINS);
    if (given == null) {
      var port = settings.number(Setting.HTTP_PORT);
      var suffix = port == DEFAULT_HTTP_PORT ? "" : ":" + port;
      return Set.of("http://localhost" + suffix, "http://127.0.0.1" + suffix);
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
    return origins;
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
