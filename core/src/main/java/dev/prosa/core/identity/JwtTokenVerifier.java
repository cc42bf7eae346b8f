package dev.prosa.core.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Believes the signed tokens of one issuer (RFC 7519, RFC 8725).
final class JwtTokenVerifier implements TokenVerifier {

  /// How far the clocks of the issuer and of this machine may be apart.
  static final Duration LEEWAY = Duration.ofSeconds(60);

  /// What fits the headers of the usual servers; tokens of the usual issuers have 1 to 4 KiB.
  static final int MAX_LENGTH = 8 * 1024;

  /// What the issuers in use sign with. `none` and shared secrets are not among them, whatever the
  /// token says (RFC 8725, section 3.1).
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  /// A token of another kind must not be taken for an access token (RFC 9068); most issuers say
  /// `JWT` or nothing.
  private static final Set<@Nullable JOSEObjectType> TYPES = types();

  /// Without a slash, which stands between tenant and user.
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,63}");

  /// RFC 7515, section 3.1; the group is the signature.
  private static final Pattern COMPACT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.([\\w-]+)");

  private static final Logger LOG = LoggerFactory.getLogger(JwtTokenVerifier.class);

  private final JwtSettings settings;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  JwtTokenVerifier(JwtSettings settings, InstantSource clock) {
    this.settings = settings;
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPES));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, new JwtKeys(settings, clock)));
    processor.setJWTClaimsSetVerifier(new Claims(settings.issuer(), clock));
  }

  private static Set<@Nullable JOSEObjectType> types() {
    var types = new HashSet<@Nullable JOSEObjectType>();
    types.add(JOSEObjectType.JWT);
    types.add(new JOSEObjectType("at+jwt"));
    types.add(null);
    return types;
  }

  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final InstantSource clock;

    Claims(String issuer, InstantSource clock) {
      super(new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
      this.clock = clock;
      setMaxClockSkew((int) LEEWAY.toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  @Override
  public @Nullable Caller verify(@Nullable String token) {
    if (token == null || token.length() > MAX_LENGTH || !isCanonical(token)) {
      return null;
    }
    try {
      return caller(processor.process(token, null));
    } catch (KeySourceException e) {
      throw new IdentityUnavailableException("the issuer's keys are not to be had", e);
    } catch (BadJOSEException | JOSEException | ParseException e) {
      LOG.debug("a token proves nothing: {}", e.getClass().getSimpleName());
      return null;
    }
  }

  /// Three parts, and a signature in the one spelling there is for it: the library passes over
  /// characters that mean nothing and bits that are not used, so that one token had many spellings.
  private static boolean isCanonical(String token) {
    var parts = COMPACT.matcher(token);
    if (!parts.matches()) {
      return false;
    }
    var signature = new Base64URL(parts.group(1));
    return Base64URL.encode(signature.decode()).equals(signature);
  }

  private @Nullable Caller caller(JWTClaimsSet claims) throws ParseException {
    var tenant = settings.tenantClaim() == null ? null : tenant(claims, settings.tenantClaim());
    if (!isForUs(claims) || (tenant == null) != (settings.tenantClaim() == null)) {
      return null;
    }
    // users of two tenants are two users, whatever their names
    var name = tenant == null ? claims.getSubject() : tenant + "/" + claims.getSubject();
    var until = claims.getExpirationTime().toInstant().plus(LEEWAY);
    return OwnerId.isValid(name)
        ? new Caller(new OwnerId(name), tenant, roles(claims), until)
        : null;
  }

  private boolean isForUs(JWTClaimsSet claims) throws ParseException {
    List<String> audience = claims.getAudience();
    return audience.isEmpty()
        ? settings.audience().equals(claims.getStringClaim("client_id"))
        : audience.contains(settings.audience());
  }

  /// Null when the token names none, or none that is allowed.
  private static @Nullable String tenant(JWTClaimsSet claims, String claim) throws ParseException {
    var tenant = claims.getStringClaim(claim);
    return tenant != null && TENANT.matcher(tenant).matches() ? tenant : null;
  }

  /// A claim of another shape gives no role.
  private Set<Role> roles(JWTClaimsSet claims) {
    var names = settings.roles();
    var roles = EnumSet.noneOf(Role.class);
    if (claim(claims.getClaims(), names.claim()) instanceof Collection<?> named) {
      if (named.contains(names.admin())) {
        roles.add(Role.ADMIN);
      }
      if (named.contains(names.operator())) {
        roles.add(Role.OPERATOR);
      }
    }
    return roles;
  }

  private static @Nullable Object claim(Map<?, ?> claims, String path) {
    var whole = claims.get(path);
    var dot = path.indexOf('.');
    return whole == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        ? claim(inner, path.substring(dot + 1))
        : whole;
  }
}
