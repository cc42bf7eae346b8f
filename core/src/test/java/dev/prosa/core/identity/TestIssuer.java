package dev.prosa.core.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// An issuer of tokens that can change its keys and go away.
final class TestIssuer implements AutoCloseable {

  static final String AUDIENCE = "prosa";
  static final RSAKey RSA = rsa("rsa-1");
  static final ECKey EC = ec("ec-1");

  final List<JWK> keys = new ArrayList<>(List.of(RSA, EC));
  final AtomicInteger fetches = new AtomicInteger();

  /// Requests that arrived, answered or not.
  final AtomicInteger requests = new AtomicInteger();

  volatile boolean away;

  /// Nobody is answered before it is open.
  volatile CountDownLatch answers = new CountDownLatch(0);

  volatile UnaryOperator<String> document = said -> said;

  private final ServerSocket server;

  TestIssuer() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  String name() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /// The claims of a good token.
  JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(name())
        .audience(AUDIENCE)
        .subject("ann")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(600)));
  }

  static String sign(JWTClaimsSet.Builder claims) {
    return sign(
        claims, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(RSA.getKeyID()).build(), RSA);
  }

  static String sign(JWTClaimsSet.Builder claims, JWSHeader header, JWK key) {
    try {
      var token = new SignedJWT(header, claims.build());
      token.sign(signer(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    return key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
  }

  /// Not the JDK's server: the first one in a process settles the limits of all others, which
  /// another test of this module is about.
  private void serve() {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket accepted) {
    try (var client = accepted) {
      var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
      var request = in.readLine();
      for (var line = request; line != null && !line.isEmpty(); line = in.readLine()) {}
      requests.incrementAndGet();
      answers.await();
      client.getOutputStream().write(answer(String.valueOf(request)).getBytes(US_ASCII));
    } catch (IOException | InterruptedException gone) {
      return;
    }
  }

  private String answer(String request) {
    var body = "";
    if (request.contains("/keys ")) {
      fetches.incrementAndGet();
      body = new JWKSet(keys).toString(true);
    } else if (request.contains("/.well-known/openid-configuration ")) {
      body =
          document.apply("{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(name(), name()));
    }
    return "HTTP/1.1 %d x\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(away ? 503 : 200, body.length(), body);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
