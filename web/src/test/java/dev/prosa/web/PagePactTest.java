package dev.prosa.web;

import static au.com.dius.pact.consumer.ConsumerPactRunnerKt.runConsumerTest;
import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.ConsumerPactBuilder;
import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.PactVerificationResult;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDslJsonBody;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactDslRequestWithPath;
import au.com.dius.pact.consumer.dsl.PactDslResponse;
import au.com.dius.pact.consumer.model.MockProviderConfig;
import au.com.dius.pact.consumer.model.MockServerImplementation;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.RequestResponsePact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the chat page relies on, written down by its own client as a pact. The server is held
/// against the same file in `ingest-lambda`.
class PagePactTest {

  private static final Path KEPT = Path.of("src", "test", "pact", "chat-page-prosa.json");

  private static final Path WRITTEN = Path.of("target", "pact", "chat-page-prosa.json");

  private static final String RANDOM = "0123456789abcdefghijklmnop";
  private static final String CONVERSATION = "c_" + RANDOM;
  private static final String ANSWERED = "j_" + RANDOM + "_1";
  private static final String WAITING = "j_" + RANDOM + "_2";
  private static final String UNKNOWN = "j_" + "0".repeat(26) + "_1";
  private static final String ID = "[0-9a-v]{26}";
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Map<String, String> PROBLEM =
      Map.of("Content-Type", "application/problem+json");

  /// Where Pact writes, and that it tells nobody that it was used.
  @BeforeAll
  static void tellPact() {
    System.setProperty("pact_do_not_track", "true");
    System.setProperty("pact.rootDir", String.valueOf(WRITTEN.getParent()));
    System.setProperty("pact.writer.overwrite", "true");
  }

  @Test
  void the_page_asks_what_the_pact_says_and_nothing_else() {
    var config =
        MockProviderConfig.httpConfig(
            "127.0.0.1", 0, PactSpecVersion.V3, MockServerImplementation.JavaHttpServer);

    var result = runConsumerTest(pact(), config, (server, _) -> makeEveryCall(server));

    assertThat(result).isInstanceOf(PactVerificationResult.Ok.class);
    assertThat(WRITTEN)
        .as("when the page has changed, copy %s to %s", WRITTEN, KEPT)
        .hasSameTextualContentAs(KEPT);
  }

  private static boolean makeEveryCall(MockServer server) throws IOException {
    try (var page = new PageCalls(URI.create(server.getUrl()))) {
      assertThat(page.make("send")).isEqualTo(WAITING);
      assertThat(page.make("connect")).isEqualTo("ws://localhost:8081/ prosa.v1 ticket." + RANDOM);
      assertThat(page.make("follow", ANSWERED)).isEqualTo("COMPLETED Hi.");
      assertThat(page.make("follow", UNKNOWN)).isEqualTo("FAILED job_not_found");
      assertThat(page.make("cancel", WAITING)).isEqualTo("CANCELLED");
      assertThat(page.make("list")).isEqualTo("Hello!");
      assertThat(page.make("title", CONVERSATION)).isEqualTo("Hello!");
      assertThat(page.make("read", CONVERSATION)).isEqualTo("Hello! COMPLETED Hi.");
      assertThat(page.make("rename", CONVERSATION)).isEqualTo("Greeting");
      assertThat(page.make("erase", CONVERSATION)).isEqualTo("erased");
      assertThat(page.make("badge")).isEqualTo("a-model true");
      assertThat(page.make("knock")).isEqualTo("401 unauthorized 1");
      assertThat(page.make("logOut")).isEqualTo("done");
    }
    return true;
  }

  private static RequestResponsePact pact() {
    var sending =
        ConsumerPactBuilder.consumer("chat-page")
            .hasPactWith("prosa")
            .given("somebody who says nothing yet")
            .uponReceiving("a message")
            .method("POST")
            .path("/v1/messages")
            .headers(JSON)
            .matchHeader("Idempotency-Key", "[\\x21-\\x7e]{1,255}", "key-1")
            .body(body(o -> o.stringValue("content", "Hello!")));
    var sent = answered(sending, 202, PagePactTest::accepted);
    var more = waiting(completed(ticket(sent)));
    return refusals(operations(changing(reading(more)))).toPact(RequestResponsePact.class);
  }

  private static void accepted(LambdaDslJsonBody body) {
    body.stringMatcher("jobId", "j_" + ID + "_\\d+", WAITING)
        .stringMatcher("conversationId", "c_" + ID, CONVERSATION)
        .stringMatcher("delivery", "push|poll", "poll");
  }

  private static PactDslResponse ticket(PactDslResponse pact) {
    var request =
        pact.uponReceiving("a wish for a ticket")
            .method("POST")
            .path("/v1/tickets")
            .headers(JSON)
            .body("{}");
    return answered(
        request,
        201,
        body ->
            body.stringMatcher("ticket", ID, RANDOM)
                .stringMatcher("url", "wss?://.+", "ws://localhost:8081/"));
  }

  private static PactDslResponse completed(PactDslResponse pact) {
    var request =
        pact.given("an answered message")
            .uponReceiving("a look at its job")
            .method("GET")
            .pathFromProviderState("/v1/jobs/${jobId}", "/v1/jobs/" + ANSWERED);
    return answered(
        request,
        200,
        body ->
            job(body, ANSWERED)
                .stringValue("state", "COMPLETED")
                .object("reply", reply -> reply.stringType("content", "Hi.")));
  }

  private static PactDslResponse waiting(PactDslResponse pact) {
    var request =
        pact.given("a message that waits")
            .uponReceiving("a wish to stop its job")
            .method("POST")
            .pathFromProviderState("/v1/jobs/${jobId}/cancel", "/v1/jobs/" + WAITING + "/cancel");
    return answered(
        request,
        202,
        body ->
            job(body, WAITING)
                .stringValue("state", "CANCELLED")
                .object("reply", reply -> reply.stringValue("content", "")));
  }

  private static LambdaDslObject job(LambdaDslJsonBody body, String id) {
    return body.stringMatcher("jobId", "j_" + ID + "_\\d+", id)
        .stringMatcher("conversationId", "c_" + ID, CONVERSATION)
        .integerType("attempt", 1);
  }

  private static PactDslResponse reading(PactDslResponse pact) {
    var list =
        pact.given("an answered message")
            .uponReceiving("a look at the conversations")
            .method("GET")
            .path("/v1/conversations")
            .query("limit=30");
    var listed =
        answered(
            list,
            200,
            body ->
                body.minArrayLike(
                    "conversations",
                    1,
                    one ->
                        one.stringMatcher("id", "c_" + ID, CONVERSATION)
                            .stringType("title", "Hello!")
                            .stringMatcher("updatedAt", ".+Z", "2026-03-01T12:00:00Z")));
    var one =
        listed
            .given("an answered message")
            .uponReceiving("a look at its conversation alone")
            .method("GET")
            .pathFromProviderState(
                "/v1/conversations/${conversationId}", "/v1/conversations/" + CONVERSATION);
    var titled =
        answered(
            one,
            200,
            body ->
                body.stringMatcher("id", "c_" + ID, CONVERSATION)
                    .stringType("title", "Hello!")
                    .stringMatcher("updatedAt", ".+Z", "2026-03-01T12:00:00Z"));
    var read =
        titled
            .given("an answered message")
            .uponReceiving("a look at its conversation")
            .method("GET")
            .pathFromProviderState(
                "/v1/conversations/${conversationId}/messages",
                "/v1/conversations/" + CONVERSATION + "/messages")
            .query("limit=50");
    return answered(read, 200, PagePactTest::messages);
  }

  private static void messages(LambdaDslJsonBody body) {
    body.array(
        "messages",
        messages ->
            messages
                .object(question ->
                    question
                        .stringMatcher("jobId", "j_" + ID + "_\\d+", ANSWERED)
                        .stringValue("role", "user")
                        .stringType("content", "Hello!"))
                .object(reply ->
                    reply
                        .stringMatcher("jobId", "j_" + ID + "_\\d+", ANSWERED)
                        .stringValue("role", "assistant")
                        .stringType("content", "Hi.")
                        .stringValue("state", "COMPLETED")
                        .integerType("attempt", 1)));
  }

  private static PactDslResponse changing(PactDslResponse pact) {
    var title =
        pact.given("an answered message")
            .uponReceiving("a new title for its conversation")
            .method("PATCH")
            .pathFromProviderState(
                "/v1/conversations/${conversationId}", "/v1/conversations/" + CONVERSATION)
            .headers(JSON)
            .body(body(o -> o.stringValue("title", "Greeting")));
    return answered(
            title,
            200,
            body ->
                body.stringMatcher("id", "c_" + ID, CONVERSATION)
                    .stringValue("title", "Greeting")
                    .stringMatcher("updatedAt", ".+Z", "2026-03-01T12:00:00Z"))
        .given("an answered message")
        .uponReceiving("a wish to erase its conversation")
        .method("DELETE")
        .pathFromProviderState(
            "/v1/conversations/${conversationId}", "/v1/conversations/" + CONVERSATION)
        .willRespondWith()
        .status(204);
  }

  private static PactDslResponse operations(PactDslResponse pact) {
    var badge = pact.uponReceiving("a look at what answers").method("GET").path("/v1/health");
    return answered(
            badge,
            200,
            body ->
                body.object(
                    "model",
                    model -> model.stringType("name", "a-model").booleanType("offline", true)))
        .uponReceiving("a logout")
        .method("POST")
        .path("/v1/logout")
        .willRespondWith()
        .status(204);
  }

  private static PactDslResponse refusals(PactDslResponse pact) {
    return pact.uponReceiving("a look at a job that nobody has")
        .method("GET")
        .path("/v1/jobs/" + UNKNOWN)
        .willRespondWith()
        .status(404)
        .headers(PROBLEM)
        .body(body(o -> o.stringValue("code", "not_found").stringType("detail", "Unknown.")))
        .uponReceiving("a token that proves nothing")
        .method("GET")
        .path("/v1/conversations")
        .headers(Map.of("Authorization", "Bearer nobody"))
        .willRespondWith()
        .status(401)
        .headers(PROBLEM)
        .body(body(o -> o.stringValue("code", "unauthorized").stringType("detail", "Refused.")));
  }

  private static PactDslResponse answered(
      PactDslRequestWithPath request, int status, Consumer<LambdaDslJsonBody> body) {
    return request.willRespondWith().status(status).headers(JSON).body(body(body));
  }

  private static DslPart body(Consumer<LambdaDslJsonBody> body) {
    return newJsonBody(body).build();
  }
}
