package dev.prosa.worker.process;

import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.testing.ScriptedProvider;
import dev.prosa.worker.testing.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// How a provider goes wrong. A fault with a status is the whole answer; any other comes before the
/// head of the answer or after some of its text.
enum Fault {
  REFUSED_CONNECTION(Wire::silence),
  UNKNOWN_HOST(Wire::silence),
  NOT_TLS(Wire::silence),

  STATUS_307(status(307, "Location: http://127.0.0.1:1/x\r\n", "")),
  STATUS_400(status(400, "", error("invalid_request_error"))),
  STATUS_400_TOO_LONG(status(400, "", error("context_length_exceeded"))),
  STATUS_400_FILTER(status(400, "", error("content_filter"))),
  STATUS_401(status(401, "", error("invalid_api_key"))),
  STATUS_403(status(403, "", error("forbidden"))),
  STATUS_404(status(404, "", error("model_not_found"))),
  STATUS_413(status(413, "", "<html>413 Request Entity Too Large</html>")),
  STATUS_422(status(422, "", error("extra_forbidden"))),
  STATUS_429(status(429, "", error("rate_limit_exceeded"))),
  STATUS_429_SECONDS(status(429, "Retry-After: 7\r\n", error("rate_limit_exceeded"))),
  STATUS_429_DATE(
      status(429, "Retry-After: Sun, 01 Mar 2026 12:00:09 GMT\r\n", error("slow_down"))),
  STATUS_429_QUOTA(status(429, "", error("insufficient_quota"))),
  STATUS_500(status(500, "", error("server_error"))),
  STATUS_502(status(502, "", "<html>502 Bad Gateway</html>")),
  STATUS_503(status(503, "", "")),
  STATUS_503_SECONDS(status(503, "Retry-After: 7\r\n", "")),
  STATUS_504(status(504, "", "")),
  STATUS_529(status(529, "", error("overloaded_error"))),

  HTML(wire -> wire.status(200, "", "<html>Welcome</html>")),
  EMPTY(wire -> wire.status(200, "", "")),

  ERROR_SERVER(wire -> wire.event(error("server_error"))),
  ERROR_OVERLOADED(wire -> wire.chunk("event: error\ndata: " + error("overloaded") + "\n\n")),
  ERROR_RATE_LIMIT(wire -> wire.event(error("rate_limit_exceeded"))),
  ERROR_TOO_LONG(wire -> wire.event(error("context_length_exceeded"))),
  GARBAGE(wire -> wire.event("{\"choices\":[")),
  NO_FINISH(Wire::done),
  NEVER_CHOICES(wire -> {
    wire.event("{\"id\":\"x\",\"something\":\"else\"}");
    wire.done();
  }),
  FILTERED(wire -> {
    wire.finish("content_filter");
    wire.done();
  }),
  CUT(_ -> {}),
  CUT_IN_A_LINE(wire -> wire.raw("ffff\r\ndata: {\"id\"")),
  ENDLESS_LINE(wire -> {
    wire.chunk("data: ");
    forEver(() -> wire.chunk("x".repeat(1 << 16)));
  }),

  STALL(Wire::silence),
  BYTES_NOW_AND_THEN(wire -> forEver(() -> slowly(wire, "x"))),
  PINGS(wire -> forEver(() -> slowly(wire, ": ping\n\n"))),
  EMPTY_TEXT(wire -> forEver(() -> slowly(wire, data(Wire.choice("{\"content\":\"\"}", "null"))))),
  NEVER_READY(
      wire -> forEver(() -> slowly(wire, data(Wire.choice("{\"content\":\"x\"}", "null"))))),

  ENDLESS_REPLY(wire -> forEver(() -> wire.text("x".repeat(1 << 14)))),
  ODD_FIELDS(wire -> {
    wire.event("{\"id\":\"x\",\"something\":\"else\"}");
    wire.event("{\"choices\":null,\"usage\":{\"cached\":1}}");
    wire.event("{\"choices\":[{\"index\":0,\"odd\":[]}],\"usage\":null}");
    wire.event(
        "{\"choices\":[{\"delta\":{\"content\":\"Odd.\",\"odd\":1},\"finish_reason\":null}]}");
    wire.event("{\"choices\":[{\"finish_reason\":\"stop\"}]}");
    wire.done();
  });

  private static final Duration NOW_AND_THEN = Duration.ofMillis(20);

  @SuppressWarnings("ImmutableEnumChecker") // the scripts hold texts and numbers only
  private final ScriptedProvider.Script fault;

  Fault(ScriptedProvider.Script fault) {
    this.fault = fault;
  }

  /// A provider that goes wrong in this way.
  ///
  /// @param tokens how many pieces of text come before; -1 when not even a head does
  ScriptedProvider at(int tokens) {
    return at(tokens, () -> {}, () -> {});
  }

  /// The same.
  ///
  /// @param asked happens before anything is said
  /// @param begins happens before it goes wrong
  ScriptedProvider at(int tokens, Runnable asked, Runnable begins) {
    return new ScriptedProvider(
        "p-1",
        wire -> {
          asked.run();
          if (tokens >= 0) {
            wire.head();
          }
          for (int i = 1; i <= tokens; i++) {
            wire.text("a" + i + " ");
          }
          begins.run();
          fault.play(wire);
        });
  }

  LanguageModel model(ScriptedProvider provider, InstantSource clock) {
    return switch (this) {
      case REFUSED_CONNECTION -> {
        provider.close();
        yield provider.model(clock);
      }
      case UNKNOWN_HOST -> provider.modelAt(provider.uri("http", "nobody.invalid"), clock);
      case NOT_TLS -> provider.modelAt(provider.uri("https", "127.0.0.1"), clock);
      default -> provider.model(clock);
    };
  }

  /// Whether only a watchdog ends it.
  boolean isSilent() {
    return switch (this) {
      case STALL, BYTES_NOW_AND_THEN, PINGS, EMPTY_TEXT -> true;
      default -> false;
    };
  }

  private static ScriptedProvider.Script status(int status, String headers, String body) {
    return wire -> wire.status(status, headers, body);
  }

  private static String error(String code) {
    return "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"param\":null,\"code\":\""
        + code
        + "\"}}";
  }

  private static String data(String json) {
    return "data: " + json + "\n\n";
  }

  private static void slowly(Wire wire, String text) throws IOException {
    wire.chunk(text);
    wire.pause(NOW_AND_THEN);
  }

  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  /// Until the client has left and writing fails.
  private static void forEver(Step step) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      step.take();
    }
  }
}
