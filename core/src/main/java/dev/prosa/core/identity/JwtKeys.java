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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of an issuer (RFC 7517), fetched when they are needed. Thread-safe: one fetch runs at a
/// time, on a thread of its own.
///
/// A key that is not known may be a new one, so that the keys are fetched again; made-up key ids
/// must not make us fetch all the time, so that this is done once in [#PAUSE] at most. Whoever asks
/// for such a key waits for that fetch, which its time limits bound; whoever asks for a key that is
/// known goes on meanwhile.
///
/// Keys that are known are fetched again, too: one that was taken back is not believed for long.
/// The caller who begins that gives it [#GRACE], since on Lambda nothing runs on behind an answer;
/// the others do not wait. An issuer that is away does not matter for [#TOLERANCE]; after that a
/// key that it may have taken back is not believed any more.
final class JwtKeys implements JWKSource<SecurityContext> {

  /// Between two fetches, whatever asks for them.
  static final Duration PAUSE = Duration.ofSeconds(30);

  /// Keys older than this are fetched again when somebody needs one.
  static final Duration FRESH = Duration.ofMinutes(5);

  /// Keys are believed for this long while they cannot be fetched.
  static final Duration TOLERANCE = Duration.ofHours(1);

  /// How long the one who begins to fetch known keys again waits for them. Most issuers take less.
  static final Duration GRACE = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(JwtKeys.class);
  private static final int CONNECT_MILLIS = 1000;
  private static final int READ_MILLIS = 2000;

  /// A fetch may be two requests; one that is answered drop by drop is not waited for any longer.
  private static final Duration LONGEST = Duration.ofMillis(2L * (CONNECT_MILLIS + READ_MILLIS));

  /// Far more than the keys of any issuer.
  private static final int MAX_BYTES = 256 * 1024;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ResourceRetriever retriever =
      new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
  private final JwtSettings settings;
  private final InstantSource clock;

  /// Where the keys are, once it is known; only the thread that fetches asks for it.
  private volatile @Nullable URI found;

  private volatile Known known = new Known(new JWKSet(), Instant.MIN);

  /// Guarded by this, as is the fetch that was begun last.
  private Instant triedAt = Instant.MIN;

  private CompletableFuture<@Nullable Void> fetch = CompletableFuture.completedFuture(null);

  /// The keys as they were at that time.
  private record Known(JWKSet keys, Instant fetchedAt) {

    List<JWK> select(JWKSelector selector) {
      return selector.select(keys);
    }

    boolean isOlder(Duration age, Instant now) {
      return JwtKeys.isOlder(fetchedAt, age, now);
    }
  }

  JwtKeys(JwtSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.found = settings.keys();
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    var now = clock.instant();
    var keys = known;
    if (keys.select(selector).isEmpty() || keys.isOlder(TOLERANCE, now)) {
      var _ = begin(now);
      await(LONGEST);
    } else if (keys.isOlder(FRESH, now) && begin(now)) {
      await(GRACE);
    }
    keys = known;
    if (keys.isOlder(TOLERANCE, now)) {
      throw new KeySourceException("the keys of " + settings.issuer() + " are not to be had");
    }
    return keys.select(selector);
  }

  private static boolean isOlder(Instant then, Duration age, Instant now) {
    return then.equals(Instant.MIN) || !now.isBefore(then.plus(age));
  }

  /// Begins a fetch, unless one runs or it is too early for another.
  ///
  /// @return whether it was begun
  private synchronized boolean begin(Instant now) {
    if (!fetch.isDone() || !isOlder(triedAt, PAUSE, now)) {
      return false;
    }
    triedAt = now;
    fetch = CompletableFuture.runAsync(() -> fetch(now), Thread::startVirtualThread);
    return true;
  }

  private synchronized CompletableFuture<@Nullable Void> running() {
    return fetch;
  }

  /// Waits for the fetch that runs, if one does.
  private void await(Duration limit) {
    try {
      running().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.debug("going on with the keys that are known", e);
    } catch (ExecutionException e) {
      LOG.error("a defect kept the keys from being fetched; going on with those known", e);
    }
  }

  private void fetch(Instant now) {
    try {
      var keys = JWKSet.parse(read(location())).toPublicJWKSet();
      known = new Known(keys, now);
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
