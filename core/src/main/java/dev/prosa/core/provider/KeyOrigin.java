package dev.prosa.core.provider;

import org.jspecify.annotations.Nullable;

/// Where the key of a provider comes from, as its setting says it.
public sealed interface KeyOrigin {

  /// The setting is the key.
  ///
  /// @param key a secret of visible ASCII characters
  record Given(String key) implements KeyOrigin {

    /// Leaves the secret out.
    @Override
    public String toString() {
      return "a key";
    }
  }

  /// A parameter in the Parameter Store of AWS Systems Manager: `ssm:/path`.
  ///
  /// @param path begins with `/`
  record Parameter(String path) implements KeyOrigin {}

  /// A secret in AWS Secrets Manager, whose whole text is the key: `secretsmanager:name`.
  ///
  /// @param id its name or ARN
  record Secret(String id) implements KeyOrigin {}

  /// What [#parse] takes, for people.
  String ALLOWED = "a key of visible ASCII characters, ssm:/path or secretsmanager:name";

  /// Reads a setting; null when it is neither a key nor a well-formed reference.
  static @Nullable KeyOrigin parse(String text) {
    var scheme = text.substring(0, text.indexOf(':') + 1);
    var rest = text.substring(scheme.length());
    return switch (scheme) {
      case "ssm:" -> isPath(rest) ? new Parameter(rest) : null;
      case "secretsmanager:" -> isSecretId(rest) ? new Secret(rest) : null;
      default -> isKey(text) ? new Given(text) : null;
    };
  }

  /// AWS Systems Manager API, `PutParameter`: at most 1011 characters.
  private static boolean isPath(String text) {
    return text.length() <= 1011 && text.matches("(/[\\w.-]+)+");
  }

  /// AWS Secrets Manager API, `CreateSecret`: 1 to 512 of these; an ARN has colons, too.
  private static boolean isSecretId(String text) {
    return text.matches("[\\w/+=.@:-]{1,512}");
  }

  /// Whether `text` can be a key: what a header carries as it is (RFC 9110, section 5.5).
  static boolean isKey(String text) {
    return text.matches("[\\x21-\\x7e]+");
  }
}
