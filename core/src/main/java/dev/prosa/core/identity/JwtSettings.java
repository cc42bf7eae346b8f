package dev.prosa.core.identity;

import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose tokens are believed (OpenID Connect Core 1.0; RFC 7519).
///
/// @param issuer the claim `iss`, to the letter, which is also where the issuer is found
/// @param audience what has to be among the claim `aud`, or be the claim `client_id` of a token
///   without `aud`, as Amazon Cognito issues them
/// @param keys where the issuer's keys are; null asks its discovery document
/// @param tenantClaim the claim that names the tenant; null when there is one tenant only
public record JwtSettings(
    String issuer, String audience, @Nullable URI keys, @Nullable String tenantClaim) {

  /// The part of `settings` that concerns identity.
  ///
  /// @return null in development mode, which believes everybody
  /// @throws InvalidSettingsException naming every problem there is
  public static @Nullable JwtSettings of(Settings settings) {
    if (isDevelopment(settings)) {
      return null;
    }
    var problems = new ArrayList<String>();
    for (var needed : List.of(Setting.JWT_ISSUER, Setting.JWT_AUDIENCE)) {
      if (!settings.isSet(needed)) {
        problems.add("%s is missing: %s".formatted(needed.key(), needed.meaning()));
      }
    }
    for (var url : List.of(Setting.JWT_ISSUER, Setting.JWT_KEYS)) {
      var uri = settings.urlOrNull(url);
      if (uri != null && !isProtected(uri)) {
        problems.add(url.key() + " is not allowed: https, or http to this machine");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new JwtSettings(
        settings.text(Setting.JWT_ISSUER),
        settings.text(Setting.JWT_AUDIENCE),
        settings.urlOrNull(Setting.JWT_KEYS),
        settings.textOrNull(Setting.JWT_TENANT_CLAIM));
  }

  /// Whether everybody is believed.
  public static boolean isDevelopment(Settings settings) {
    return settings.text(Setting.AUTH).equals("development");
  }

  /// Whether nobody on the way can put other keys in the place of the issuer's.
  static boolean isProtected(URI uri) {
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && Settings.isOfThisMachine(uri));
  }
}
