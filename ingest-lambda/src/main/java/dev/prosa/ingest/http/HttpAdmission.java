package dev.prosa.ingest.http;

import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps foreign pages away from a server that anybody on this machine may use without a token: a
/// page that a browser shows here can reach loopback, too.
final class HttpAdmission {

  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;
  private final PageAccess pages;

  /// @param port the one that is served
  HttpAdmission(HttpFront.Listening listening, int port) {
    this.loopback = listening.loopbackOnly();
    var origins = new HashSet<>(listening.origins());
    LOOPBACK_NAMES.forEach(name -> origins.add("http://" + name + ":" + port));
    this.pages = new PageAccess(origins);
  }

  /// The pages that may call, the one that is served here among them.
  PageAccess pages() {
    return pages;
  }

  /// Why a request is not served; null when it is.
  @Nullable Problem refusal(@Nullable String host, @Nullable String origin) {
    var refused = pages.refusal(origin);
    if (refused != null) {
      return refused;
    }
    if (loopback && (host == null || !LOOPBACK_NAMES.contains(nameOf(host)))) {
      // a foreign name that was made to point at loopback
      return Problem.of(
          ProblemCode.FORBIDDEN_HOST, "Use localhost or 127.0.0.1 as the host name.", "Host");
    }
    return null;
  }

  private static String nameOf(String host) {
    return host.replaceAll(":\\d{1,5}$", "");
  }
}
