package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/// The whole chat when it asks for proof, with tokens as `./prosa token` prints them.
class IdentityEndToEndTest {

  /// `docs/protocol.md` promises it; a gateway looks every second.
  private static final Duration LOGOUT = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path data;
  private static RunningChat chat;

  @BeforeAll
  static void start() {
    chat = Chats.start(data, Map.of("PROSA_AUTH", "jwt"));
  }

  @AfterAll
  static void stop() {
    chat.close();
  }

  private static Stranger user(String name) {
    return Stranger.withToken(token(name), name, chat);
  }

  private static String token(String... args) {
    var out = new ByteArrayOutputStream();
    var settings = LocalSettings.of(Map.of("PROSA_DATA", data.toString()), data.resolve("no.env"));
    var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(TokenMain.run(List.of(args), settings, InstantSource.system(), printed)).isZero();
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void a_token_opens_the_api_and_the_socket() {
    var ann = user("ann");
    try (var ear = ann.listen()) {
      var accepted = ann.say("/echo who am I");

      assertThat(ear.awaitEnd(accepted).path("content").asText()).contains("who am I");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev-ann", "nonsense", "e30.e30.e30"})
  void nothing_else_does(String token) {
    var nobody = Stranger.withToken(token, "nobody", chat);

    assertThat(nobody.get("/v1/conversations").status()).isEqualTo(401);
    assertThat(nobody.post("/v1/tickets", "").status()).isEqualTo(401);
    try (var ear = nobody.knock()) {
      assertThat(ear.closeCode(PATIENCE)).isEqualTo(4500);
    }
  }

  @Test
  void another_users_things_are_as_unknown_as_those_that_nobody_has() {
    var owner = user("owner");
    var other = user("other");
    var accepted = owner.say("/echo mine");
    owner.awaitEnd(accepted);
    var job = "/v1/jobs/" + accepted.path("jobId").asText();
    var conversation = "/v1/conversations/" + accepted.path("conversationId").asText();

    for (var path : List.of(job, conversation, conversation + "/messages")) {
      assertThat(owner.get(path).status()).isEqualTo(200);
      assertThat(other.get(path).status()).isEqualTo(404);
    }
    assertThat(other.post(job + "/cancel", "").status()).isEqualTo(404);
  }

  @Test
  void a_logout_closes_the_sockets_of_the_user() {
    var ann = user("leaver");
    var bob = user("stayer");
    try (var first = ann.listen();
        var second = ann.listen();
        var other = bob.listen()) {
      assertThat(ann.post("/v1/logout", "").status()).isEqualTo(204);

      assertThat(first.closeCode(LOGOUT)).isEqualTo(4501);
      assertThat(second.closeCode(LOGOUT)).isEqualTo(4501);
      other.say("{\"type\":\"ping\"}");
      assertThat(other.await(frame -> frame.path("type").asText().equals("pong"))).isNotNull();
    }
  }

  @Test
  void a_socket_lives_on_with_a_new_token() {
    var ann = user("refresher");
    try (var ear = ann.listen()) {
      ear.say(
          "{\"type\":\"auth.refresh\",\"token\":\"%s\"}"
              .formatted(token("refresher", "--minutes", "90")));

      var refreshed = ear.await(frame -> frame.path("type").asText().equals("auth.refreshed"));
      assertThat(refreshed.path("expiresAt").asText()).isNotEmpty();
    }
  }

  @Test
  void the_page_asks_for_a_token_and_works_with_it(@TempDir Path profile) {
    ChromeDriver driver = Browser.start(profile);
    try {
      var page = new ChatPage(driver);
      driver.get(chat.page().toString());
      page.giveToken("nonsense");
      says(page, "The token was not accepted, or has ended.");

      page.signIn(chat.page().toString(), token("reader"));
      page.ask("/echo signed in");

      assertThat(page.awaitEnd(1).text()).contains("signed in");
      page.reload();
      assertThat(page.awaitEnd(1).text()).contains("signed in");
    } finally {
      driver.quit();
    }
  }

  private static void says(ChatPage page, String sentence) {
    await().atMost(PATIENCE).until(() -> page.says(sentence));
  }

  @Test
  void the_page_of_operators_is_for_those_who_have_the_role(@TempDir Path profile) {
    ChromeDriver driver = Browser.start(profile);
    try {
      var page = new ChatPage(driver);
      driver.get(chat.page() + "ops");
      page.giveToken(token("reader"));
      says(page, "This page is for operators: your token has no such role.");
      assertThat(page.one("queue-waiting").getText()).endsWith("–");

      page.run("sessionStorage.clear()");
      driver.get(chat.page() + "ops");
      page.giveToken(token("boss", "--admin"));

      says(page, "Live,");
      says(page, "by 1 worker");
    } finally {
      driver.quit();
    }
  }

  @Test
  void the_key_is_for_its_owners_eyes_only() throws IOException {
    assertThat(Files.getPosixFilePermissions(data.resolve("issuer.jwk")))
        .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }
}
