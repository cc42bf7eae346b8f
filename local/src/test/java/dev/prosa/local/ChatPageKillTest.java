package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.front.IngestHttpMain;
import dev.prosa.front.ResourcesMain;
import dev.prosa.gateway.WebSocketGatewayMain;
import dev.prosa.local.embedded.EmbeddedServer;
import dev.prosa.worker.WorkerMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The page while the worker of its reply is killed, and nothing else, or its gateway. Each is a
/// process of its own here. It takes long because a lease has to run out, so it runs beside all
/// others.
@Execution(ExecutionMode.CONCURRENT)
class ChatPageKillTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// A lease of 30 s, the start of a process and two times the reply, where everything is slow.
  private static final Duration TAKEN_OVER = Duration.ofMinutes(3);

  /// At 25 ms each they take 15 s, long enough to be in the middle of them.
  private static final String WORDS =
      String.join(" ", IntStream.range(0, 600).mapToObj(i -> "w" + i).toList());

  @TempDir private Path folder;

  private final Lifecycle parts = Lifecycle.create();
  private Map<String, String> environment = Map.of();
  private Stranger user;
  private ChatPage page;

  @BeforeEach
  void startAllButWorkerAndGateway() throws IOException {
    var sqs = parts.own("sqs", EmbeddedServer.elasticMqInMemory(0));
    var table = parts.own("table", EmbeddedServer.dynamoDbInMemory(0));
    var redis = parts.own("redis", EmbeddedServer.redis(0, folder.resolve("redis")));
    var ports = new int[] {FreePort.pick(), FreePort.pick()};
    environment =
        Map.of(
            "PROSA_SQS_ENDPOINT", sqs.uri().toString(),
            "PROSA_DYNAMODB_ENDPOINT", table.uri().toString(),
            "PROSA_REDIS_URL", redis.uri().toString(),
            "PROSA_HTTP_PORT", Integer.toString(ports[0]),
            "PROSA_WS_PORT", Integer.toString(ports[1]),
            "LLM_PROVIDERS", "offline");
    try (var resources = ServiceProcess.start(ResourcesMain.class, environment)) {
      assertThat(resources.saysUntil("table prosa is there").getLast()).contains("is there");
    }
    start(IngestHttpMain.class, "ingest is ready");
    var driver = Browser.start(Files.createDirectory(folder.resolve("profile")));
    parts.own("browser", driver::quit);
    page = new ChatPage(driver);
    user =
        new Stranger(
            "local",
            URI.create("http://localhost:" + ports[0]),
            URI.create("ws://localhost:" + ports[1]),
            "dev-local");
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void a_reply_whose_worker_is_killed_is_written_by_another_and_shown_once() throws IOException {
    start(WebSocketGatewayMain.class, "gateway is ready");
    var worker = start(WorkerMain.class, "worker is ready");
    var begun = ask();

    kill(worker);
    start(WorkerMain.class, "worker is ready");

    awaitWhole(begun);
    assertThat(attempt(begun)).isEqualTo(2);
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void a_reply_whose_gateway_is_killed_is_shown_once_when_there_is_another() throws IOException {
    var gateway = start(WebSocketGatewayMain.class, "gateway is ready");
    start(WorkerMain.class, "worker is ready");
    var begun = ask();

    kill(gateway);
    await().atMost(PATIENCE).until(() -> page.says("Connection lost."));
    start(WebSocketGatewayMain.class, "gateway is ready");

    awaitWhole(begun);
    assertThat(attempt(begun)).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> !page.one("banner").isDisplayed());
  }

  private ServiceProcess start(Class<?> main, String ready) throws IOException {
    var service = parts.own(main.getSimpleName(), ServiceProcess.start(main, environment));
    assertThat(service.saysUntil(ready).getLast()).contains(ready);
    service.ignoreTheRest();
    return service;
  }

  /// Ends it as the kernel does when memory runs out: it cannot do anything any more.
  private static void kill(ServiceProcess service) {
    service.close();
  }

  /// Asks, and waits until the reply is in its middle.
  private ChatPage.Message ask() {
    page.open(user.page().toString());
    page.ask("/echo " + WORDS);
    return page.awaitMoreThan(20);
  }

  private void awaitWhole(ChatPage.Message begun) {
    await()
        .atMost(TAKEN_OVER)
        .until(() -> page.messages("assistant").getLast().state().equals("COMPLETED"));
    assertThat(page.awaitEnd(1)).isEqualTo(new ChatPage.Message(begun.job(), "COMPLETED", WORDS));
    assertThat(page.messages("user")).hasSize(1);
    assertThat(begun.state()).isEqualTo("RUNNING");
  }

  private int attempt(ChatPage.Message message) {
    return user.get("/v1/jobs/" + message.job()).body().path("attempt").asInt();
  }
}
