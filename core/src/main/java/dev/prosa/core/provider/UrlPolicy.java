package dev.prosa.core.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which URLs of providers may be asked: keys and conversations go there, and whoever could choose
/// one freely could reach what only this machine reaches (OWASP, "Server-Side Request Forgery
/// Prevention").
///
/// @param allowed hosts besides this machine
record UrlPolicy(List<HostRule> allowed) {

  private static final int MAX_PORT = 65_535;
  private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");

  /// No escapes, no `.` or `..`, nothing empty in between.
  private static final Pattern PLAIN_PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[\\w.~-]+)*/?");

  UrlPolicy {
    allowed = List.copyOf(allowed);
  }

  /// The hosts of all presets, and `more`.
  static UrlPolicy of(String region, List<HostRule> more) {
    var presets =
        Arrays.stream(ProviderPreset.values())
            .map(preset ->
                HostRule.exactly(Objects.requireNonNull(preset.baseUrl(region).getHost())));
    return new UrlPolicy(Stream.concat(presets, more.stream()).toList());
  }

  /// A URL that may be asked, without a `/` at its end.
  ///
  /// @throws Refusal saying why `text` may not be asked
  URI check(String text) throws Refusal {
    require(VISIBLE_ASCII.matcher(text).matches(), "a URL of visible ASCII characters");
    var uri = parse(text);
    var host = uri.getHost();
    if (host == null || uri.getScheme() == null) {
      throw new Refusal("a URL such as https://api.openai.com/v1");
    }
    host = host.toLowerCase(Locale.ROOT);
    require(
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null,
        "a URL without user, query and fragment");
    require(isPlainAuthority(uri, host), "host, or host:port");
    require(HostRule.isHost(host), "a host name, or an address in its usual spelling");
    requireScheme(uri.getScheme(), host);
    require(isAllowed(host), "a host of a preset, or one in LLM_ALLOWED_HOSTS");
    require(hasPlainPath(uri), "a path of letters, digits and . _ ~ -");
    return URI.create(text.replaceFirst("/$", ""));
  }

  private static URI parse(String text) throws Refusal {
    try {
      return new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw new Refusal("a URL such as https://api.openai.com/v1");
    }
  }

  /// Nothing but the host and its port, in their only spelling.
  private static boolean isPlainAuthority(URI uri, String host) {
    var port = uri.getPort();
    var plain = port < 0 ? host : host + ":" + port;
    return port != 0 && port <= MAX_PORT && plain.equalsIgnoreCase(uri.getRawAuthority());
  }

  private static boolean hasPlainPath(URI uri) {
    var path = uri.getRawPath();
    return path != null && PLAIN_PATH.matcher(path).matches();
  }

  private static void requireScheme(String scheme, String host) throws Refusal {
    require(
        scheme.equals("https") || (scheme.equals("http") && HostRule.isLoopback(host)),
        "https, or http to this machine");
  }

  private boolean isAllowed(String host) {
    return HostRule.isLoopback(host) || allowed.stream().anyMatch(rule -> rule.allows(host));
  }

  private static void require(boolean holds, String allowed) throws Refusal {
    if (!holds) {
      throw new Refusal(allowed);
    }
  }

  /// Whether the provider at `url` is on this machine.
  static boolean isLoopback(URI url) {
    return url.getHost() != null && HostRule.isLoopback(url.getHost().toLowerCase(Locale.ROOT));
  }

  /// `text` without what may be secret in it; none of it when it is no URL at all.
  static String shown(String text) {
    return text.contains("://")
        ? text.replaceFirst("(?s)^([^:/]*://)?.*@", "$1***@").replaceFirst("(?s)[?#].*", "?***")
        : "***";
  }

  /// Why a URL may not be asked.
  static final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String allowed;

    Refusal(String allowed) {
      super(allowed);
      this.allowed = allowed;
    }

    /// What would be allowed, for people.
    String allowed() {
      return allowed;
    }
  }
}
