package dev.prosa.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a token has to be to prove anything.
class JwtTokenVerifierTest {

  /// A release is tried with `-Dprosa.mutants=50000`.
  private static final int MUTANTS = Integer.getInteger("prosa.mutants", 2_500);

  private static final String ODD = "ABCxyz0189-_.=+/ !\u00e9\n";

  private final TestIssuer issuer = new TestIssuer();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private TokenVerifier verifier = verifier(null, null);

  @AfterEach
  void stop() {
    issuer.close();
  }

  private TokenVerifier verifier(@Nullable URI keys, @Nullable String tenantClaim) {
    return verifier(keys, tenantClaim, JwtSettings.Roles.DEFAULT);
  }

  private TokenVerifier verifier(
      @Nullable URI keys, @Nullable String tenantClaim, JwtSettings.Roles roles) {
    var settings = new JwtSettings(issuer.name(), TestIssuer.AUDIENCE, keys, tenantClaim, roles);
    return TokenVerifier.of(settings, () -> now);
  }

  private JWTClaimsSet.Builder claims() {
    return issuer.claims(now);
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
    return new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
  }

  @Test
  void a_good_token_proves_its_user_until_it_ends() {
    assertThat(verifier.verify(TestIssuer.sign(claims())))
        .isEqualTo(
            new Caller(new OwnerId("ann"), now.plusSeconds(600).plus(JwtTokenVerifier.LEEWAY)));
  }

  @Test
  void the_usual_algorithms_are_believed() {
    for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256)) {
      var header = header(algorithm, TestIssuer.RSA).build();
      assertThat(verifier.verify(TestIssuer.sign(claims(), header, TestIssuer.RSA))).isNotNull();
    }
    var header = header(JWSAlgorithm.ES256, TestIssuer.EC).build();
    assertThat(verifier.verify(TestIssuer.sign(claims(), header, TestIssuer.EC))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "at+jwt"})
  void the_usual_types_are_believed(String type) {
    var header = header(JWSAlgorithm.RS256, TestIssuer.RSA).type(new JOSEObjectType(type)).build();

    assertThat(verifier.verify(TestIssuer.sign(claims(), header, TestIssuer.RSA))).isNotNull();
  }

  @Test
  void a_token_of_another_kind_proves_nothing() {
    var header =
        header(JWSAlgorithm.RS256, TestIssuer.RSA).type(new JOSEObjectType("logout+jwt")).build();

    assertThat(verifier.verify(TestIssuer.sign(claims(), header, TestIssuer.RSA))).isNull();
  }

  @Test
  void no_token_proves_nothing() {
    assertThat(verifier.verify(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "a.b", "a.b.c", "..", "a..c", "e30.e30.e30", "a.b.c.d.e", "dev-ann"})
  void garbage_proves_nothing(String token) {
    assertThat(verifier.verify(token)).isNull();
  }

  @Test
  void a_token_without_signature_proves_nothing() {
    assertThat(verifier.verify(new PlainJWT(claims().build()).serialize())).isNull();
    var header = Base64URL.encode("{\"alg\":\"none\",\"kid\":\"rsa-1\"}");
    var signed = TestIssuer.sign(claims()).split("\\.", -1);
    assertThat(verifier.verify(header + "." + signed[1] + "." + signed[2])).isNull();
  }

  @Test
  void a_public_key_is_no_shared_secret() throws JOSEException {
    var secrets =
        List.of(
            Objects.requireNonNull(TestIssuer.RSA.toPublicKey().getEncoded()),
            TestIssuer.RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
    for (var secret : secrets) {
      var token =
          new SignedJWT(header(JWSAlgorithm.HS256, TestIssuer.RSA).build(), claims().build());
      token.sign(new MACSigner(secret));
      assertThat(verifier.verify(token.serialize())).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../dev/null", "/etc/passwd", "' OR 1=1 --", "rsa-2", "http://evil/"})
  void a_key_id_is_only_looked_up(String id) {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build();

    assertThat(verifier.verify(TestIssuer.sign(claims(), header, TestIssuer.RSA))).isNull();
  }

  @Test
  void a_token_cannot_bring_its_own_key() {
    var stranger = TestIssuer.rsa("rsa-1");
    var fetches = issuer.fetches.get();
    var headers =
        List.of(
            header(JWSAlgorithm.RS256, stranger).jwk(stranger.toPublicJWK()).build(),
            header(JWSAlgorithm.RS256, stranger)
                .jwkURL(URI.create(issuer.name() + "/mine"))
                .build(),
            header(JWSAlgorithm.RS256, stranger)
                .x509CertURL(URI.create(issuer.name() + "/mine"))
                .build());

    for (var header : headers) {
      assertThat(verifier.verify(TestIssuer.sign(claims(), header, stranger))).isNull();
    }
    assertThat(issuer.fetches.get() - fetches).isLessThanOrEqualTo(1);
  }

  @Test
  void a_signature_of_zeros_proves_nothing() {
    var header = header(JWSAlgorithm.ES256, TestIssuer.EC).build();
    var parts = TestIssuer.sign(claims(), header, TestIssuer.EC).split("\\.", -1);

    var forged = parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]);

    assertThat(verifier.verify(forged)).isNull();
  }

  @Test
  void a_token_that_demands_what_we_do_not_know_proves_nothing() {
    var header =
        header(JWSAlgorithm.RS256, TestIssuer.RSA)
            .criticalParams(Set.of("exp"))
            .customParam("exp", 1)
            .build();

    assertThat(verifier.verify(TestIssuer.sign(claims(), header, TestIssuer.RSA))).isNull();
  }

  @Test
  void a_token_that_is_too_long_proves_nothing() {
    var claims = claims().claim("more", "x".repeat(JwtTokenVerifier.MAX_LENGTH));

    assertThat(verifier.verify(TestIssuer.sign(claims))).isNull();
  }

  static List<UnaryOperator<JWTClaimsSet.Builder>> wrongClaims() {
    return List.of(
        c -> c.issuer("https://evil.example"),
        c -> c.issuer(null),
        c -> c.audience("another"),
        c -> c.audience((String) null),
        c -> c.audience((String) null).claim("client_id", "another"),
        c -> c.audience("another").claim("client_id", TestIssuer.AUDIENCE),
        c -> c.subject(null),
        c -> c.subject(""),
        c -> c.subject("a b"),
        c -> c.subject("{ann}"),
        c -> c.subject("x".repeat(129)),
        c -> c.expirationTime(null));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void a_token_with_other_claims_proves_nothing(UnaryOperator<JWTClaimsSet.Builder> wrong) {
    assertThat(verifier.verify(TestIssuer.sign(wrong.apply(claims())))).isNull();
  }

  @Test
  void a_token_for_one_client_needs_no_audience() {
    var claims = claims().audience((String) null).claim("client_id", TestIssuer.AUDIENCE);

    assertThat(verifier.verify(TestIssuer.sign(claims))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {59, 61})
  void clocks_may_differ_by_a_minute(int seconds) {
    var ended = TestIssuer.sign(claims().expirationTime(Date.from(now.minusSeconds(seconds))));
    var early = TestIssuer.sign(claims().notBeforeTime(Date.from(now.plusSeconds(seconds))));

    assertThat(verifier.verify(ended) != null).isEqualTo(seconds < 60);
    assertThat(verifier.verify(early) != null).isEqualTo(seconds < 60);
  }

  @Test
  void an_admin_is_who_has_the_role() {
    var admin = claims().claim("roles", List.of("reader", "prosa-admin"));

    assertThat(rolesOf(TestIssuer.sign(admin))).containsExactly(Role.ADMIN);
    assertThat(rolesOf(TestIssuer.sign(claims()))).isEmpty();
  }

  @Test
  void an_operator_is_who_has_the_role_or_is_the_admin_of_all_there_is() {
    var operator = claims().claim("roles", List.of("prosa-operator"));
    var admin = claims().claim("roles", List.of("prosa-admin")).claim("tenant", "acme");

    assertThat(rolesOf(TestIssuer.sign(operator))).containsExactly(Role.OPERATOR);
    assertThat(callerOf(operator).isOperator()).isTrue();
    assertThat(callerOf(admin).isOperator()).isTrue();
    assertThat(callerOf(claims()).isOperator()).isFalse();
    verifier = verifier(null, "tenant");
    assertThat(callerOf(admin).isOperator()).isFalse();
  }

  private Caller callerOf(JWTClaimsSet.Builder claims) {
    return Objects.requireNonNull(verifier.verify(TestIssuer.sign(claims)));
  }

  @Test
  void roles_may_lie_deep_in_a_claim_or_under_a_name_with_dots() {
    verifier = verifier(null, null, new JwtSettings.Roles("realm_access.roles", "boss", "ops"));
    var keycloak = claims().claim("realm_access", Map.of("roles", List.of("boss")));
    assertThat(rolesOf(TestIssuer.sign(keycloak))).containsExactly(Role.ADMIN);

    verifier =
        verifier(null, null, new JwtSettings.Roles("https://example.com/roles", "boss", "ops"));
    var auth0 = claims().claim("https://example.com/roles", List.of("boss"));
    assertThat(rolesOf(TestIssuer.sign(auth0))).containsExactly(Role.ADMIN);
  }

  @Test
  void a_claim_that_is_no_list_gives_no_role() {
    for (var odd : List.of("prosa-admin", Map.of("prosa-admin", true), 1)) {
      assertThat(rolesOf(TestIssuer.sign(claims().claim("roles", odd)))).isEmpty();
    }
    assertThat(rolesOf(TestIssuer.sign(claims().claim("roles", List.of("PROSA-ADMIN"))))).isEmpty();
  }

  private Set<Role> rolesOf(String token) {
    return Objects.requireNonNull(verifier.verify(token)).roles();
  }

  @Test
  void users_of_two_tenants_are_two_users() {
    verifier = verifier(null, "tenant");

    var acme = verifier.verify(TestIssuer.sign(claims().claim("tenant", "acme")));
    var other = verifier.verify(TestIssuer.sign(claims().claim("tenant", "other")));

    assertThat(acme).extracting(Caller::owner).isEqualTo(new OwnerId("acme/ann"));
    assertThat(other).extracting(Caller::owner).isEqualTo(new OwnerId("other/ann"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme/bob", "a b", "../acme"})
  void a_tenant_cannot_reach_into_another(String tenant) {
    verifier = verifier(null, "tenant");

    assertThat(verifier.verify(TestIssuer.sign(claims().claim("tenant", tenant)))).isNull();
    assertThat(verifier.verify(TestIssuer.sign(claims()))).isNull();
    assertThat(verifier.verify(TestIssuer.sign(claims().claim("tenant", List.of("acme")))))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "not JSON",
        "{\"issuer\":\"http://evil.example\",\"jwks_uri\":\"ISSUER/keys\"}",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"http://evil.example/keys\"}",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"file:///etc/passwd\"}",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"http:keys\"}",
        "{\"issuer\":\"ISSUER\"}"
      })
  void a_discovery_document_that_is_not_the_issuers_is_not_followed(String document) {
    issuer.document = _ -> document.replace("ISSUER", issuer.name());

    assertThatThrownBy(() -> verifier.verify(TestIssuer.sign(claims())))
        .isInstanceOf(IdentityUnavailableException.class);
    assertThat(issuer.fetches).hasValue(0);
  }

  @Test
  void keys_may_be_said_instead_of_discovered() {
    issuer.document = _ -> "not asked for";
    verifier = verifier(URI.create(issuer.name() + "/keys"), null);

    assertThat(verifier.verify(TestIssuer.sign(claims()))).isNotNull();
  }

  @Test
  void no_mutant_of_a_good_token_proves_anything() {
    var random = new Random(7);
    var good =
        List.of(
            TestIssuer.sign(claims()),
            TestIssuer.sign(
                claims(), header(JWSAlgorithm.ES256, TestIssuer.EC).build(), TestIssuer.EC));
    for (int i = 0; i < MUTANTS; i++) {
      var token = good.get(i % good.size());
      var mutant = mutant(token, random);
      if (!mutant.equals(token)) {
        assertThat(verifier.verify(mutant)).as("mutant %d: %s", i, mutant).isNull();
      }
    }
  }

  private static String mutant(String token, Random random) {
    var at = random.nextInt(token.length());
    var any = ODD.charAt(random.nextInt(ODD.length()));
    return switch (random.nextInt(6)) {
      case 0 -> token.substring(0, at) + any + token.substring(at + 1);
      case 1 -> token.substring(0, at) + any + token.substring(at);
      case 2 -> token.substring(0, at) + token.substring(at + 1);
      case 3 -> token.substring(0, at);
      case 4 -> token + any;
      default -> token.substring(at) + token.substring(0, at);
    };
  }
}
