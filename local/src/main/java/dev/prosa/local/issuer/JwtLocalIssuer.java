package dev.prosa.local.issuer;

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
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/// Signs with one key on the curve P-256.
final class JwtLocalIssuer implements LocalIssuer {

  private static final String FILE = "issuer.jwk";

  private final ECKey key;
  private final InstantSource clock;

  private JwtLocalIssuer(ECKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  static JwtLocalIssuer in(Path data, InstantSource clock) {
    try {
      var file = data.resolve(FILE);
      if (!Files.exists(file)) {
        Files.createDirectories(data);
        create(data, file);
      }
      return new JwtLocalIssuer(ECKey.parse(Files.readString(file)), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException | JOSEException e) {
      throw new UncheckedIOException(new IOException(data.resolve(FILE) + " is no key", e));
    }
  }

  /// Written whole and then moved, since two programs may do so at once; the first one wins.
  private static void create(Path data, Path file) throws IOException, JOSEException {
    var key = new ECKeyGenerator(Curve.P_256).keyID(RandomId.create().value()).generate();
    var temporary = Files.createTempFile(data, "issuer", ".tmp", ownerOnly());
    try {
      Files.writeString(temporary, key.toJSONString());
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException another) {
      return;
    } finally {
      Files.delete(temporary);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String token(OwnerId owner, List<String> roles, Duration life) {
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(AUDIENCE)
            .subject(owner.value())
            .claim(JwtSettings.Roles.DEFAULT.claim(), roles)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
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
  public String keys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }
}
