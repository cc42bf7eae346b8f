package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.local.chat.ScriptedServer.Scripted;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatWithoutSocketTest {

  private static final String ACCEPTED =
      """
      {"jobId":"%s","conversationId":"%s"}
      """
          .formatted(ReplyViewTest.JOB, ReplyViewTest.JOB.conversation());

  private final Printed printed = new Printed(false);
  private final ScriptedServer server =
      new ScriptedServer().on("/v1/health", new Scripted(200, "{}"));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void repeats_a_message_with_the_same_key_while_the_server_fails() {
    server.on("/v1/messages", new Scripted(502, "{}"), new Scripted(202, ACCEPTED));
    job(
        new Scripted(
            200, "{\"state\":\"COMPLETED\",\"attempt\":1,\"reply\":{\"content\":\"Hi\"}}"));

    var exit = run("hello");

    assertThat(server.keys()).hasSize(2).containsOnly(server.keys().getFirst());
    assertThat(printed.out()).isEqualTo("Hi\n");
    assertThat(exit).isZero();
  }

  @Test
  void asks_for_the_job_until_it_is_final() {
    server.on("/v1/messages", new Scripted(202, ACCEPTED));
    job(
        new Scripted(200, "{\"state\":\"ACCEPTED\",\"attempt\":0}"),
        new Scripted(503, "{}"),
        new Scripted(200, "{\"state\":\"RUNNING\",\"attempt\":2}"),
        new Scripted(200, "{\"state\":\"FAILED\",\"attempt\":2,\"error\":{\"message\":\"No.\"}}"));

    var exit = run("hello");

    assertThat(printed.out())
        .isEqualTo(
            """
            The server does not answer; trying again.
            [attempt 2: starting over]
            [failed] No.
            """);
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void says_why_a_message_is_refused_and_goes_on() {
    server.on(
        "/v1/messages",
        new Scripted(413, "{\"detail\":\"Too long.\"}"),
        new Scripted(202, ACCEPTED));
    job(
        new Scripted(
            200, "{\"state\":\"COMPLETED\",\"attempt\":1,\"reply\":{\"content\":\"Hi\"}}"));

    var exit = run("long", "", "short", "/quit", "never sent");

    assertThat(printed.out()).isEqualTo("[not sent] Too long.\nHi\n");
    assertThat(server.keys()).hasSize(2).doesNotHaveDuplicates();
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void gives_up_on_a_job_that_the_server_does_not_know() {
    server.on("/v1/messages", new Scripted(202, ACCEPTED));
    job(new Scripted(404, "{\"detail\":\"There is no such job.\"}"));

    assertThat(run("hello")).isEqualTo(1);
    assertThat(printed.out()).isEqualTo("[failed] There is no such job.\n");
  }

  @Test
  void says_how_to_start_a_server_when_none_answers() {
    try (var chat =
        TerminalChat.with(URI.create("http://127.0.0.1:1"), null, printed.typing("x"))) {
      assertThat(chat.run()).isEqualTo(2);
    }
    assertThat(printed.err())
        .isEqualTo("prosa: no Prosa answers at http://127.0.0.1:1; start it with ./prosa up\n");
  }

  private void job(Scripted... answers) {
    server.on("/v1/jobs/" + ReplyViewTest.JOB, answers);
  }

  private int run(String... lines) {
    try (var chat = TerminalChat.with(server.uri(), null, printed.typing(lines))) {
      return chat.run();
    }
  }
}
