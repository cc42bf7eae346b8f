package dev.prosa.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When the keys of an issuer are fetched, and who waits for that.
class JwtKeysTest {

  private static final Duration BOUND = Duration.ofSeconds(20);

  /// Far less than an issuer that hangs is waited for.
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final TestIssuer issuer = new TestIssuer();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final TokenVerifier verifier =
      TokenVerifier.of(
          new JwtSettings(
              issuer.name(), TestIssuer.AUDIENCE, null, null, JwtSettings.Roles.DEFAULT),
          () -> now);

  @AfterEach
  void stop() {
    issuer.close();
  }

  private JWTClaimsSet.Builder claims() {
    return issuer.claims(now);
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
    return new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
  }

  @Test
  void a_new_key_is_believed_once_it_is_published() {
    assertThat(verifier.verify(TestIssuer.sign(claims()))).isNotNull();
    var fresh = TestIssuer.rsa("rsa-2");
    var token = TestIssuer.sign(claims(), header(JWSAlgorithm.RS256, fresh).build(), fresh);
    issuer.keys.add(fresh);
    now = now.plus(JwtKeys.PAUSE);

    assertThat(verifier.verify(token)).isNotNull();
  }

  @Test
  void a_key_that_is_taken_back_is_not_believed_for_long() {
    assertThat(verifier.verify(TestIssuer.sign(claims()))).isNotNull();
    issuer.keys.remove(TestIssuer.RSA);

    now = now.plus(JwtKeys.FRESH);

    await().atMost(BOUND).until(() -> verifier.verify(TestIssuer.sign(claims())) == null);
  }

  @Test
  void made_up_keys_do_not_make_us_ask_all_the_time() {
    verifier.verify(TestIssuer.sign(claims()));
    for (int i = 0; i < 100; i++) {
      assertThat(verifier.verify(signedWith("made-up-" + i))).isNull();
      now = now.plusMillis(290);
    }
    assertThat(issuer.fetches).hasValue(1);

    now = now.plusSeconds(1);
    verifier.verify(signedWith("made-up"));
    verifier.verify(signedWith("made-up"));
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void an_issuer_that_is_away_does_not_matter_for_an_hour() {
    verifier.verify(TestIssuer.sign(claims()));
    issuer.away = true;

    now = now.plus(JwtKeys.TOLERANCE).minusSeconds(1);
    assertThat(verifier.verify(TestIssuer.sign(claims()))).isNotNull();

    now = now.plus(Duration.ofSeconds(1));
    assertThatThrownBy(() -> verifier.verify(TestIssuer.sign(claims())))
        .isInstanceOf(IdentityUnavailableException.class);
  }

  @Test
  void says_so_when_the_issuer_was_never_there_and_believes_it_when_it_comes() {
    issuer.away = true;
    assertThatThrownBy(() -> verifier.verify(TestIssuer.sign(claims())))
        .isInstanceOf(IdentityUnavailableException.class);
    issuer.away = false;
    now = now.plus(JwtKeys.PAUSE);

    assertThat(verifier.verify(TestIssuer.sign(claims()))).isNotNull();
  }

  @Test
  void who_has_a_known_key_does_not_wait_for_an_issuer_that_hangs() {
    var token = TestIssuer.sign(claims());
    verifier.verify(token);
    hang();
    now = now.plus(JwtKeys.FRESH);
    verifier.verify(token); // begins to fetch

    assertThat(took(() -> assertThat(verifier.verify(token)).isNotNull())).isLessThan(SHORT);
    assertThat(issuer.requests).hasValue(3);
  }

  @Test
  void who_begins_to_fetch_known_keys_again_waits_for_a_moment_only() {
    var token = TestIssuer.sign(claims());
    verifier.verify(token);
    hang();
    now = now.plus(JwtKeys.FRESH);

    var took = took(() -> assertThat(verifier.verify(token)).isNotNull());

    assertThat(took).isBetween(JwtKeys.GRACE, JwtKeys.GRACE.plus(SHORT));
  }

  @Test
  void a_made_up_key_holds_nobody_up_whose_key_is_known() throws InterruptedException {
    var token = TestIssuer.sign(claims());
    verifier.verify(token);
    hang();
    now = now.plus(JwtKeys.PAUSE);
    var stranger = Thread.ofVirtual().start(() -> verifier.verify(signedWith("made-up")));
    await().atMost(BOUND).until(() -> issuer.requests.get() == 3);

    assertThat(took(() -> assertThat(verifier.verify(token)).isNotNull())).isLessThan(SHORT);
    assertThat(stranger.isAlive()).isTrue();
    issuer.answers.countDown();
    assertThat(stranger.join(BOUND)).isTrue();
  }

  @Test
  void all_who_have_a_new_key_wait_for_the_one_fetch_that_brings_it()
      throws ExecutionException, InterruptedException {
    verifier.verify(TestIssuer.sign(claims()));
    var fresh = TestIssuer.rsa("rsa-2");
    var token = TestIssuer.sign(claims(), header(JWSAlgorithm.RS256, fresh).build(), fresh);
    issuer.keys.add(fresh);
    hang();
    now = now.plus(JwtKeys.PAUSE);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<@Nullable Caller> ask = () -> verifier.verify(token);
      var asked = Stream.generate(() -> threads.submit(ask)).limit(50).toList();
      await().atMost(BOUND).until(() -> issuer.requests.get() == 3);
      issuer.answers.countDown();
      for (var caller : asked) {
        assertThat(caller.get()).isNotNull();
      }
    }
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void an_issuer_that_hangs_is_asked_once_in_half_a_minute() {
    var token = TestIssuer.sign(claims());
    verifier.verify(token);
    hang();
    for (int i = 0; i < 100; i++) {
      now = now.plus(JwtKeys.FRESH.dividedBy(100));
      verifier.verify(token);
    }
    assertThat(issuer.requests).hasValue(3);
  }

  private void hang() {
    issuer.answers = new CountDownLatch(1);
  }

  private static Duration took(Runnable work) {
    var begin = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private String signedWith(String keyId) {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build();
    return TestIssuer.sign(claims(), header, TestIssuer.RSA);
  }
}
