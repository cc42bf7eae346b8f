package dev.prosa.core.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of an issuer (RFC 7517), fetched when they are needed. Thread-safe: one thread fetches
/// and the others wait for it, which the time limits of the fetch bound.
///
/// A key that is not known may be a new one, so that the keys are fetched again; made-up key ids
/// must not make us fetch all the time, so that this is done once in [#PAUSE] at most. An issuer
/// that is away does not matter for [#TOLERANCE]; after that a key that it may have taken back is
/// not believed any more.
final class JwtKeys implements JWKSource<SecurityContext> {

  /// Between two fetches, whatever asks for them.
  static final Duration PAUSE = Duration.ofSeconds(30);

  /// Keys older than this are fetched again when somebody needs one.
  static final Duration FRESH = Duration.ofMinutes(5);

  /// Keys are believed for this long while they cannot be fetched.
  static final Duration TOLERANCE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(JwtKeys.class);
  private static final int CONNECT_MILLIS = 1000;
  private static final int READ_MILLIS = 2000;

  /// Far more than the keys of any issuer.
  private static final int MAX_BYTES = 256 * 1024;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ResourceRetriever retriever =
      new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
  private final JwtSettings settings;
  private final InstantSource clock;
  private @Nullable URI found;
  private JWKSet keys = new JWKSet();
  private Instant fetchedAt = Instant.MIN;
  private Instant triedAt = Instant.MIN;

  JwtKeys(JwtSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.found = settings.keys();
  }

  @Override
  public synchronized List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    var matching = selector.select(keys);
    var now = clock.instant();
    if ((matching.isEmpty() || isOlder(fetchedAt, FRESH, now)) && isOlder(triedAt, PAUSE, now)) {
      triedAt = now;
      fetch(now);
      matching = selector.select(keys);
    }
    if (isOlder(fetchedAt, TOLERANCE, now)) {
      throw new KeySourceException("the keys of " + settings.issuer() + " are not to be had");
    }
    return matching;
  }

  private static boolean isOlder(Instant then, Duration age, Instant now) {
    return then.equals(Instant.MIN) || !now.isBefore(then.plus(age));
  }

  private void fetch(Instant now) {
    try {
      keys = JWKSet.parse(read(location())).toPublicJWKSet();
      fetchedAt = now;
      LOG.info("{} has {} keys", settings.issuer(), keys.size());
    } catch (IOException | ParseException e) {
      LOG.warn(
          "the keys of {} cannot be fetched ({}); tried again in {} s at the earliest",
          settings.issuer(),
          e.getMessage(),
          PAUSE.toSeconds());
    }
  }

  private URI location() throws IOException {
    var known = found;
    if (known == null) {
      known = discover();
      found = known;
    }
    return known;
  }

  /// OpenID Connect Discovery 1.0, section 4.
  private URI discover() throws IOException {
    var issuer = settings.issuer();
    var folder = issuer.endsWith("/") ? issuer : issuer + "/";
    try {
      var document = MAPPER.readTree(read(URI.create(folder + ".well-known/openid-configuration")));
      if (!issuer.equals(document.path("issuer").textValue())) {
        throw new IOException("its discovery document is that of another issuer");
      }
      var location = URI.create(document.path("jwks_uri").asText(""));
      if (!JwtSettings.isProtected(location)) {
        throw new IOException("its keys are not behind https");
      }
      return location;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("its discovery document is none", e);
    }
  }

  private String read(URI uri) throws IOException {
    return retriever.retrieveResource(uri.toURL()).getContent();
  }
}
