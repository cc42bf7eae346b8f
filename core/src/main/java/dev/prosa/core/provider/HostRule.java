package dev.prosa.core.provider;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One host that providers may be at, or all hosts below a domain.
///
/// Hosts are compared letter by letter: what looks alike in another script is another host. Which
/// address a name has is not looked at.
///
/// @param host in lower case, in its only spelling
/// @param below whether the hosts below are meant, and not this one
record HostRule(String host, boolean below) {

  private static final String WILDCARD = "*.";
  private static final int MAX_LENGTH = 253;
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]");

  /// Answers for the machine's own rights in Google's cloud (Google Cloud, "VM metadata").
  private static final String METADATA_NAME = "metadata.google.internal";

  /// Labels of letters, digits and inner hyphens (RFC 1123, section 2.1).
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  /// What some library takes for an IPv4 address (WHATWG URL, "ends in a number").
  private static final Pattern NUMBER_AT_END = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);

  /// This network, link-local with the metadata of clouds, multicast and reserved (RFC 6890).
  private static final Pattern NEVER =
      Pattern.compile("(0|169\\.254|22[4-9]|23\\d|24\\d|25\\d)\\..*");

  /// The rule that `text` says; null when it says none.
  static @Nullable HostRule parse(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    var below = lower.startsWith(WILDCARD);
    var host = below ? lower.substring(WILDCARD.length()) : lower;
    var named = below ? isName(host) && host.contains(".") : isHost(host);
    return named ? new HostRule(host, below) : null;
  }

  static HostRule exactly(String host) {
    return new HostRule(host, false);
  }

  boolean allows(String other) {
    return below ? other.endsWith("." + host) : other.equals(host);
  }

  /// Whether `host` is spelled as hosts are, and may be a provider's at all.
  static boolean isHost(String host) {
    return isLoopback(host)
        || isName(host)
        || (IPV4.matcher(host).matches() && !NEVER.matcher(host).matches());
  }

  private static boolean isName(String host) {
    return host.length() <= MAX_LENGTH
        && NAME.matcher(host).matches()
        && !NUMBER_AT_END.matcher(host).matches()
        && !host.equals(METADATA_NAME);
  }

  /// Whether `host` is this machine, in one of the spellings that are allowed.
  static boolean isLoopback(String host) {
    return LOOPBACK_NAMES.contains(host)
        || (host.startsWith("127.") && IPV4.matcher(host).matches());
  }
}
