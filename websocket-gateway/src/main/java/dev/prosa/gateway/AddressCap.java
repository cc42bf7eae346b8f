package dev.prosa.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Gives every client address so many places, and the same number again to those who are only told
/// that there is none left. Thread-safe.
///
/// An IPv6 address stands for its /64, which is what one customer gets (RFC 6177, section 2).
/// Loopback is not counted: that is a proxy without the setting, a probe or a developer.
final class AddressCap {

  /// An IPv6 network of one customer, in bytes.
  private static final int NETWORK_BYTES = 8;

  private final int max;
  private final int proxies;
  private final Map<String, Taken> taken = new HashMap<>();

  /// @param max places of one address, 1 or more
  /// @param proxies how many proxies in front append to `X-Forwarded-For`, 0 or more
  AddressCap(int max, int proxies) {
    this.max = max;
    this.proxies = proxies;
  }

  /// Whether the socket's own address is the client's, so that it is known before the handshake.
  boolean seesClients() {
    return proxies == 0;
  }

  /// Who the client is: what the proxy that is farthest from us has seen. Whatever stands left of
  /// that was written by the client.
  ///
  /// @param socket the other end of the socket
  /// @param forwardedFor the header; null when there is none
  /// @return `socket` as well when the header has no address there
  InetAddress client(InetAddress socket, @Nullable String forwardedFor) {
    if (seesClients() || forwardedFor == null) {
      return socket;
    }
    // the library joins repeated headers with a semicolon
    var hops = forwardedFor.split("[,;]", -1);
    return hops.length < proxies ? socket : literal(hops[hops.length - proxies].strip(), socket);
  }

  /// Never asks a name server.
  private static InetAddress literal(String text, InetAddress otherwise) {
    try {
      return InetAddress.ofLiteral(withoutPort(text));
    } catch (IllegalArgumentException malformed) {
      return otherwise;
    }
  }

  /// Some proxies append the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
  private static String withoutPort(String text) {
    if (text.startsWith("[") && text.contains("]")) {
      return text.substring(1, text.indexOf(']'));
    }
    var colon = text.indexOf(':');
    return colon == text.lastIndexOf(':') && colon > 0 ? text.substring(0, colon) : text;
  }

  /// Takes a place for one more socket of `client`; whoever has it gives it back.
  synchronized Place take(InetAddress client) {
    if (client.isLoopbackAddress()) {
      return new Place(null, 0);
    }
    var key = key(client);
    var before = taken.getOrDefault(key, Taken.NONE);
    var seated = before.seated() < max;
    taken.put(key, seated ? before.plus(1, 0) : before.plus(0, 1));
    return new Place(key, seated ? 0 : before.standing() + 1);
  }

  private static String key(InetAddress client) {
    var bytes = client.getAddress();
    var length = client instanceof Inet6Address ? NETWORK_BYTES : bytes.length;
    return HexFormat.of().formatHex(bytes, 0, length);
  }

  private synchronized void giveBack(String key, boolean seated) {
    var before = taken.getOrDefault(key, Taken.NONE);
    var after = seated ? before.plus(-1, 0) : before.plus(0, -1);
    if (after.equals(Taken.NONE)) {
      taken.remove(key);
    } else {
      taken.put(key, after);
    }
  }

  /// How many addresses have a place now.
  synchronized int addresses() {
    return taken.size();
  }

  /// What one address has.
  private record Taken(int seated, int standing) {

    private static final Taken NONE = new Taken(0, 0);

    private Taken plus(int moreSeated, int moreStanding) {
      return new Taken(seated + moreSeated, standing + moreStanding);
    }
  }

  /// The place of one socket.
  final class Place {

    private final @Nullable String key;
    private final int standing;
    private final AtomicBoolean givenBack = new AtomicBoolean();

    private Place(@Nullable String key, int standing) {
      this.key = key;
      this.standing = standing;
    }

    /// Whether its address has enough without it.
    boolean isTooMany() {
      return standing > 0;
    }

    /// Whether its address has even enough of those that are told so.
    boolean isFarTooMany() {
      return standing > max;
    }

    /// Another socket may have it; calling it again does nothing.
    void giveBack() {
      if (key != null && givenBack.compareAndSet(false, true)) {
        AddressCap.this.giveBack(key, standing == 0);
      }
    }
  }
}
