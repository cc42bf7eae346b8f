package dev.prosa.core.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Believes what it is told; whoever wires it must make sure that only loopback can reach it.
final class DevelopmentTokenVerifier implements TokenVerifier {

  private static final Pattern TOKEN = Pattern.compile("dev-([^!]+)(?:!(\\d{1,10}))?");

  /// Who sits at this machine may see everything on it.
  private static final Caller LOCAL =
      new Caller(new OwnerId("local"), null, Set.of(Role.ADMIN, Role.OPERATOR), null);

  private final InstantSource clock;

  DevelopmentTokenVerifier(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public @Nullable Caller verify(@Nullable String token) {
    if (token == null) {
      return LOCAL;
    }
    var parts = TOKEN.matcher(token);
    var name = parts.matches() ? parts.group(1) : null;
    if (name == null || !OwnerId.isValid(name)) {
      return null;
    }
    var seconds = parts.group(2);
    var until = seconds == null ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
    return until == null || until.isAfter(clock.instant())
        ? new Caller(new OwnerId(name), until)
        : null;
  }
}
