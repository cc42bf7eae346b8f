package dev.prosa.core.identity;

import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
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
/// @param roles how tokens name roles
public record JwtSettings(
    String issuer, String audience, @Nullable URI keys, @Nullable String tenantClaim, Roles roles) {

  /// How tokens name roles.
  ///
  /// @param claim the claim that lists a user's roles; when there is none of that name, dots lead
  ///   into it, as in `realm_access.roles` of Keycloak
  /// @param admin the one that stands for [Role#ADMIN]
  /// @param operator the one that stands for [Role#OPERATOR]
  public record Roles(String claim, String admin, String operator) {

    /// What the settings say when nobody changes them.
    public static final Roles DEFAULT = new Roles("roles", "prosa-admin", "prosa-operator");
  }

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
        settings.textOrNull(Setting.JWT_TENANT_CLAIM),
        new Roles(
            settings.text(Setting.JWT_ROLES_CLAIM),
            settings.text(Setting.JWT_ADMIN_ROLE),
            settings.text(Setting.JWT_OPERATOR_ROLE)));
  }

  /// Whether everybody is believed.
  public static boolean isDevelopment(Settings settings) {
    return settings.text(Setting.AUTH).equals("development");
  }

  /// Refuses to serve others where everybody is believed.
  ///
  /// @throws InvalidSettingsException in development mode, when the host is not loopback and
  ///   nothing says that only this machine gets there
  public static void requireLoopbackInDevelopment(Settings settings) {
    var host = settings.text(Setting.HOST);
    if (isDevelopment(settings) && !settings.flag(Setting.LOOPBACK_ONLY) && !isLoopback(host)) {
      throw new InvalidSettingsException(
          List.of(
              "%s=%s is not allowed with %s=development, which believes everybody: use 127.0.0.1"
                  .formatted(Setting.HOST.key(), host, Setting.AUTH.key())));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /// Whether nobody on the way can put other keys in the place of the issuer's.
  static boolean isProtected(URI uri) {
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && Settings.isOfThisMachine(uri));
  }
}
