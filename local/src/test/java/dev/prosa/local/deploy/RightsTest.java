package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.prosa.local.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every function may do what its route does, and nothing else.
class RightsTest {

  private static final String ADMIN = "";
  private static final List<String> STATES = List.of("waiting", "running", "answered");

  @TempDir private static Path folder;
  private static RecordedRoutes routes;
  private static Template dev;

  @BeforeAll
  static void callEveryRoute() {
    dev = Template.of("dev");
    routes = new RecordedRoutes(folder);
    sendMessages("POST /v1/messages", "content");
    sendMessages("POST /message", "content");
    sendMessages("POST /chat", "message");
    sendMessages("POST /v1/chat", "prompt");
    sendMessages("POST /api/v1/ask", "question");
    read();
    stop();
    erase();
    routes.call("POST /v1/tickets", "ann", "", "");
    routes.call("POST /v1/logout", "ann", "", "");
    routes.call("GET /v1/health", "", "", "");
    routes.call("GET /health", "", "", "");
    operate();
  }

  /// A new conversation, the next turn of it, a repetition, and one when Redis has forgotten.
  private static void sendMessages(String route, String field) {
    var user = "user-of" + route.replaceAll("\\W", "-").toLowerCase(Locale.ROOT);
    var who = route.equals("POST /v1/chat") ? ",\"user_id\":\"" + user + "\"" : "";
    var first = "{\"%s\":\"Hi\"%s}".formatted(field, who);
    var accepted = routes.call(route, user, "", first);
    routes.call(route, user, "", first);
    if (who.isEmpty() && !route.endsWith("ask")) {
      var next =
          "{\"%s\":\"And?\",\"conversationId\":%s}"
              .formatted(field, accepted.path("conversationId"));
      routes.call(route, user, "", next);
    }
    routes.forget();
    routes.call(route, user, "", "{\"%s\":\"Again\"%s}".formatted(field, who));
  }

  private static void read() {
    var accepted = routes.call("POST /v1/messages", "ann", "", "{\"content\":\"Read me\"}");
    routes.answered(accepted.path("jobId").asText());
    var conversation = accepted.path("conversationId").asText();
    var next = "{\"content\":\"Go on\",\"conversationId\":\"%s\"}".formatted(conversation);
    routes.answered(routes.call("POST /v1/messages", "ann", "", next).path("jobId").asText());
    var _ = accepted("answered", "ann");
    routes.call("GET /v1/jobs/{jobId}", "ann", accepted.path("jobId").asText(), "");
    routes.pages("GET /v1/conversations", "ann", "");
    routes.call("GET /v1/conversations/{conversationId}", "ann", conversation, "");
    routes.pages("GET /v1/conversations/{conversationId}/messages", "ann", conversation);
    routes.pages("GET /v1/conversations/{conversationId}/export", "ann", conversation);
    routes.call(
        "PATCH /v1/conversations/{conversationId}", "ann", conversation, "{\"title\":\"T\"}");
    routes.pages("GET /v1/chat/{user_id}/logs", "ann", "ann");
    routes.pages("GET /v1/users/{user_id}/export", "ann", "ann");
    routes.pages("GET /v1/chat/logs", ADMIN, "");
  }

  private static void stop() {
    for (var state : STATES) {
      var job = accepted(state, state).path("jobId").asText();
      routes.call("POST /v1/jobs/{jobId}/cancel", state, job, "");
    }
  }

  private static void erase() {
    for (var state : STATES) {
      var conversation = accepted(state, "one-" + state).path("conversationId").asText();
      routes.call("DELETE /v1/conversations/{conversationId}", "one-" + state, conversation, "");
      accepted(state, "all-" + state);
      routes.call("DELETE /v1/users/{user_id}", "all-" + state, "all-" + state, "");
    }
  }

  private static void operate() {
    routes.call("GET /v1/ops", ADMIN, "", "");
    accepted("given up", "unlucky-all");
    for (var action :
        List.of("POST /v1/ops/letters/{letterId}/redrive", "DELETE /v1/ops/letters/{letterId}")) {
      var job = accepted("given up", "unlucky-" + action.length()).path("jobId").asText();
      routes.call("GET /v1/ops/letters", ADMIN, "", "");
      routes.call("GET /v1/ops/letters/{letterId}", ADMIN, job, "");
      routes.call(action, ADMIN, job, "");
    }
    var redriveAll = "POST /v1/ops/letters/redrive";
    routes.call(redriveAll, ADMIN, "", "{\"before\":\"2026-01-01T00:00:00Z\"}");
    routes.call(redriveAll, ADMIN, "", "{}");
  }

  /// A message in that state.
  private static JsonNode accepted(String state, String user) {
    var accepted = routes.call("POST /v1/messages", user, "", "{\"content\":\"Hi\"}");
    var job = accepted.path("jobId").asText();
    switch (state) {
      case "running" -> routes.claimed(job);
      case "answered" -> routes.answered(job);
      case "given up" -> routes.givenUp(job);
      default -> {} // it waits
    }
    return accepted;
  }

  @AfterAll
  static void stopServers() {
    if (routes != null) {
      routes.close();
    }
  }

  @Test
  void every_function_may_do_what_its_route_does_and_nothing_else() {
    var allowed = new TreeMap<String, Set<Right>>();
    dev.functions().forEach((route, function) -> allowed.put(route, allowed(function)));
    var needed = new TreeMap<>(routes.rights());
    allowed.keySet().stream()
        .filter(route -> route.startsWith("OPTIONS "))
        .forEach(preflight -> needed.put(preflight, Set.of()));

    assertThat(allowed).isEqualTo(needed);
  }

  /// A cursor may lead to other calls than the first page makes.
  @Test
  void every_list_was_read_beyond_its_first_page() throws IOException {
    var lists = new TreeSet<String>();
    new YAMLMapper()
        .readTree(SourceTree.read("docs/openapi.yaml"))
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  if (operation.getValue().path("parameters").toString().contains("/Cursor\"")) {
                    lists.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                  }
                }));

    assertThat(lists).hasSizeGreaterThan(5).isEqualTo(new TreeSet<>(routes.paged()));
  }

  @Test
  void those_that_need_redis_are_in_its_network_and_no_other() {
    var inside = new TreeSet<String>();
    dev.functions()
        .forEach((route, function) -> {
          if (function.has("VpcConfig")) {
            inside.add(route);
          }
        });

    assertThat(inside).isEqualTo(new TreeSet<>(routes.withRedis()));
  }

  private Set<Right> allowed(JsonNode function) {
    return dev.rights(function.path("Role").path("Fn::GetAtt").path(0).asText());
  }
}
