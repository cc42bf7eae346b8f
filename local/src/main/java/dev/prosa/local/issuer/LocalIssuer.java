package dev.prosa.local.issuer;

import dev.prosa.core.identity.OwnerId;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Issues tokens for trials on this machine. Its key lies in the data folder: whoever can read that
/// can be anybody here. Thread-safe.
public sealed interface LocalIssuer permits JwtLocalIssuer {

  /// The claim `iss` of its tokens; nobody is there.
  String NAME = "http://localhost/prosa";

  /// The claim `aud` of its tokens.
  String AUDIENCE = "prosa";

  /// Where a running chat shows its keys.
  String KEYS_PATH = "/.well-known/jwks.json";

  /// A token that proves `owner` for so long.
  ///
  /// @param roles the names of roles; may be empty
  /// @param life more than zero; the token has whole seconds
  String token(OwnerId owner, List<String> roles, Duration life);

  /// The public key as a JSON Web Key Set (RFC 7517, section 5).
  String keys();

  /// The issuer whose key lies in `data`; it is made when there is none.
  ///
  /// @throws UncheckedIOException when the key cannot be read or written
  static LocalIssuer in(Path data, InstantSource clock) {
    return JwtLocalIssuer.in(data, clock);
  }
}
