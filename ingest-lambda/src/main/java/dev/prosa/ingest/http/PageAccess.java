package dev.prosa.ingest.http;

import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Which pages may call, and what their browsers are told of it (Fetch, section 3.3, "CORS
/// protocol"), on a server of ours as on Lambda. Nothing that a browser adds by itself proves
/// anything here, so it need not send cookies.
///
/// @param origins each exactly as a browser sends it in `Origin`
public record PageAccess(Set<String> origins) {

  /// What the routes read, beside what every page may send.
  private static final String HEADERS = "authorization, content-type, idempotency-key, traceparent";

  /// What a page of another origin may read.
  private static final String EXPOSED =
      "Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";

  /// As long as all browsers remember it.
  private static final String PREFLIGHT_SECONDS = "600";

  public PageAccess {
    origins = Set.copyOf(origins);
  }

  /// Why a page may not call; null when it may.
  ///
  /// @param origin the page's; null when it is no page that calls
  public @Nullable Problem refusal(@Nullable String origin) {
    return origin == null || origins.contains(origin)
        ? null
        : Problem.of(
            ProblemCode.FORBIDDEN_ORIGIN,
            "Add the page's origin to PROSA_ALLOWED_ORIGINS.",
            "Origin");
  }

  /// The headers that let a page read an answer; none when it may not call.
  ///
  /// @param origin the page's; null when it is no page that calls
  public Map<String, String> sharing(@Nullable String origin) {
    return origin == null || !origins.contains(origin)
        ? Map.of()
        : Map.of(
            "Access-Control-Allow-Origin",
            origin,
            "Access-Control-Expose-Headers",
            EXPOSED,
            "Vary",
            "Origin");
  }

  /// The headers that tell a browser what a page that may call may ask for.
  ///
  /// @param methods of the route
  public static Map<String, String> preflight(SortedSet<String> methods) {
    return Map.of(
        "Access-Control-Allow-Methods",
        String.join(", ", methods),
        "Access-Control-Allow-Headers",
        HEADERS,
        "Access-Control-Max-Age",
        PREFLIGHT_SECONDS);
  }
}
