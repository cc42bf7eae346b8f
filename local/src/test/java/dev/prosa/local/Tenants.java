package dev.prosa.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/// An issuer whose users belong to tenants.
final class Tenants implements AutoCloseable {

  private static final String NAME = "http://localhost/tenants";
  private static final String AUDIENCE = "prosa";
  private static final String CLAIM = "tenant";

  private final ECKey key;
  private final LoopbackHttp keys;

  Tenants() {
    try {
      key = new ECKeyGenerator(Curve.P_256).keyID("k-1").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    var set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    keys =
        new LoopbackHttp(exchange -> {
          exchange.sendResponseHeaders(200, set.length);
          exchange.getResponseBody().write(set);
          exchange.close();
        });
  }

  TokenVerifier verifier() {
    return TokenVerifier.of(
        new JwtSettings(NAME, AUDIENCE, keys.uri(), CLAIM, JwtSettings.Roles.DEFAULT),
        InstantSource.system());
  }

  String token(String tenant, String user, boolean admin) {
    return token(tenant, user, admin ? JwtSettings.Roles.DEFAULT.admin() : "reader");
  }

  String token(String tenant, String user, String role) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(AUDIENCE)
            .subject(user)
            .claim(CLAIM, tenant)
            .claim(JwtSettings.Roles.DEFAULT.claim(), List.of(role))
            .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
            .build();
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
      var token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    keys.close();
  }
}
