package dev.prosa.gateway;

import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.PageOrigins;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
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
  /// @throws InvalidSettingsException when an allowed origin is more than an origin, or everybody
  ///   is believed and others than this machine get to the host
  public static GatewaySettings of(Settings settings) {
    JwtSettings.requireLoopbackInDevelopment(settings);
    return new GatewaySettings(
        settings.text(Setting.HOST),
        settings.number(Setting.WS_PORT),
        PageOrigins.of(settings).all(),
        Objects.requireNonNull(settings.urlOrNull(Setting.REDIS_URL)),
        new AwsTarget(
            settings.text(Setting.AWS_REGION), settings.urlOrNull(Setting.DYNAMODB_ENDPOINT)),
        settings.text(Setting.TABLE),
        JwtSettings.of(settings),
        Limits.of(settings));
  }
}
