package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.runtime.Setting;
import dev.prosa.local.ChatMain;
import dev.prosa.local.LocalSettings;
import dev.prosa.local.RunningChat;
import dev.prosa.local.UpMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class TerminalChatTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final CuttableProxy proxy = new CuttableProxy();
  private RunningChat prosa;
  private LocalSettings settings;

  @BeforeAll
  void start(@TempDir Path data) {
    var environment =
        Map.of(
            "PROSA_HTTP_PORT",
            "0",
            "PROSA_WS_PORT",
            "0",
            "PROSA_WS_URL",
            "ws://127.0.0.1:" + proxy.port() + "/",
            "PROSA_DATA",
            data.toString());
    var free = LocalSettings.of(environment, data.resolve("none"));
    prosa = UpMain.start(free, progress -> {});
    proxy.passOnTo(prosa.socket().getPort());
    var port = Integer.toString(prosa.page().getPort());
    var found = free.settings().with(Setting.HTTP_PORT, port);
    settings = new LocalSettings(free.configured().with(found));
  }

  @AfterAll
  void stop() throws IOException {
    prosa.close();
    proxy.close();
  }

  @Test
  void prints_the_reply_and_ends_with_the_input() {
    var printed = new Printed(false);

    var exit = run(printed, "/echo grüße \ud83d\ude00");

    assertThat(printed.out()).isEqualTo("grüße \ud83d\ude00\n");
    assertThat(exit).isZero();
  }

  @Test
  void starts_over_when_the_first_attempt_breaks_off() {
    var printed = new Printed(false);

    var exit = run(printed, "/cut");

    assertThat(printed.out()).contains("Trying again in 2 seconds.\n[attempt 2: starting over]\n");
    assertThat(printed.afterLast("over]\n")).contains("This is turn 1").endsWith("|\n");
    assertThat(exit).isZero();
  }

  @Test
  void goes_on_with_a_conversation_from_the_list() {
    run(new Printed(false), "/echo older", "/new", "/echo newer");
    var printed = new Printed(false);

    run(printed, "/list", "/open 2", "continued");

    assertThat(printed.out())
        .startsWith("  1  /echo newer (1 turn)\n  2  /echo older (1 turn)\n")
        .contains("> /echo older\nolder\n")
        .contains("This is turn 2 of our conversation");
  }

  @Test
  void asks_for_a_number_of_the_list() {
    var printed = new Printed(false);

    assertThat(run(printed, "/echo a", "/open 999")).isEqualTo(1);

    assertThat(printed.out()).isEqualTo("a\nSay /open and a number that /list shows.\n");
  }

  @Test
  void loses_nothing_when_its_socket_is_cut() {
    var text = IntStream.range(0, 120).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    var printed = new Printed(false);

    var exit = CompletableFuture.supplyAsync(() -> run(printed, "/echo " + text));
    await().atMost(LONG).until(() -> printed.out().contains("w10 "));
    var cut = proxy.cut();

    assertThat(exit.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join()).isZero();
    assertThat(cut).isPositive();
    assertThat(printed.out()).isEqualTo(text + "\n");
  }

  @Test
  void greets_a_person_and_prompts_for_the_next_line() {
    var printed = new Printed(true);

    var exit = run(printed, "/echo hi", "/quit");

    assertThat(printed.out()).startsWith("\u001b[2mProsa at http://127.0.0.1:");
    assertThat(printed.out()).contains("\u001b[0m\n> hi\n> ");
    assertThat(exit).isZero();
  }

  @Test
  void explains_itself() {
    var printed = new Printed(false);

    assertThat(ChatMain.run(List.of("--help"), settings, printed.typing())).isZero();
    assertThat(ChatMain.run(List.of("--halp"), settings, printed.typing())).isEqualTo(2);

    assertThat(printed.out()).startsWith("usage: ./prosa chat").contains("/open N");
    assertThat(printed.err()).isEqualTo(printed.out());
  }

  private int run(Printed printed, String... lines) {
    return ChatMain.run(List.of(), settings, printed.typing(lines));
  }
}
