package dev.prosa.core.identity;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Turns the bearer token of a request into its caller. Thread-safe.
public sealed interface TokenVerifier permits DevelopmentTokenVerifier, JwtTokenVerifier {

  /// The caller that `token` proves.
  ///
  /// @param token what stands behind `Bearer `, or null when the request carries none
  /// @return null when the token is missing though needed, or proves nothing
  /// @throws IdentityUnavailableException when that cannot be told now
  @Nullable Caller verify(@Nullable String token);

  /// The verifier that fits the settings of identity; null is development mode.
  static TokenVerifier of(@Nullable JwtSettings settings, InstantSource clock) {
    return settings == null ? development(clock) : new JwtTokenVerifier(settings, clock);
  }

  /// The verifier of development mode, for loopback only: no token is the user `local`, who has
  /// every role, and `dev-<name>` is the user `<name>`, who has none, so that several users can be
  /// tried on one machine. `dev-<name>!<seconds>` ends at that second of the epoch, so that the end
  /// of a token can, too.
  static TokenVerifier development(InstantSource clock) {
    return new DevelopmentTokenVerifier(clock);
  }
}
