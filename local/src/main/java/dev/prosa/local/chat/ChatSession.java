package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.turn.JobId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes one line after the other; the next one is read when the reply to the last one is final.
final class ChatSession implements TerminalChat {

  private static final int EXIT_OK = 0;
  private static final int EXIT_NO_REPLY = 1;
  private static final int EXIT_NO_SERVER = 2;

  private final Terminal terminal;
  private final Screen screen;
  private final HttpApi api;
  private final Link link;
  private final Postman postman;
  private final Archive archive;

  private @Nullable String conversation;
  private boolean failed;
  private volatile boolean closed;

  private ChatSession(Terminal terminal, HttpApi api) {
    this.terminal = terminal;
    this.screen = new Screen(terminal);
    this.api = api;
    this.link = new Link(api);
    this.postman = new Postman(api, new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8)));
    this.archive = new Archive(api, screen);
  }

  static ChatSession with(URI server, @Nullable String token, Terminal terminal) {
    return new ChatSession(terminal, new HttpApi(server, token));
  }

  @Override
  public int run() {
    try {
      return switch (api.health()) {
        case Answer.Unreachable _ -> noServer();
        case Answer.Refused refused when refused.status() < 500 -> noServer();
        case Answer answer -> talk(answer);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EXIT_NO_REPLY;
    } finally {
      close();
    }
  }

  private int noServer() {
    terminal
        .err()
        .println("prosa: no Prosa answers at " + api.server() + "; start it with ./prosa up");
    return EXIT_NO_SERVER;
  }

  private int talk(Answer health) throws InterruptedException {
    greet(health);
    var lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    screen.prompt();
    for (var line = next(lines); line != null && obey(line); line = next(lines)) {
      screen.prompt();
    }
    screen.endLine();
    return failed && !terminal.interactive() ? EXIT_NO_REPLY : EXIT_OK;
  }

  private void greet(Answer health) {
    if (health instanceof Answer.Served(JsonNode body)) {
      var model = body.path("model");
      var name = Frames.text(model, "name");
      screen.hint(
          "Prosa at %s, answered by %s. /new /list /open N /quit; all else is sent."
              .formatted(
                  api.server(),
                  model.path("offline").asBoolean() ? name + ", a scripted demo" : name));
    } else {
      screen.hint("The server answers, but it is not well: " + health.problem());
    }
  }

  private @Nullable String next(BufferedReader lines) {
    try {
      return closed ? null : lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what is typed", e);
    }
  }

  /// Whether to go on.
  private boolean obey(String line) throws InterruptedException {
    switch (ChatCommand.of(line)) {
      case ChatCommand.Begin _ -> {
        conversation = null;
        screen.hint("The next message begins a new conversation.");
      }
      case ChatCommand.ListAll _ -> archive.list();
      case ChatCommand.Open(int number) -> open(number);
      case ChatCommand.Say(String text) -> say(text);
      case ChatCommand.Nothing _ -> {
        // an empty line says nothing
      }
      case ChatCommand.Quit _ -> {
        return false;
      }
    }
    return true;
  }

  private void open(int number) throws InterruptedException {
    var opened = archive.open(number);
    if (opened == null) {
      failed = true;
      return;
    }
    conversation = opened.id();
    if (opened.open() != null) {
      prepare();
      follow(follower(opened.open()).catchingUp());
    }
  }

  private void say(String text) throws InterruptedException {
    prepare();
    var posted = postman.post(text, conversation);
    if (posted.answer() instanceof Answer.Served(JsonNode body)) {
      conversation = Frames.text(body, "conversationId");
      var job = Objects.requireNonNull(JobId.parse(Frames.text(body, "jobId")), "jobId of a 202");
      var follower = follower(job).polling(Frames.text(body, "delivery").equals("poll"));
      follow(posted.tries() > 1 ? follower.catchingUp() : follower);
    } else {
      screen.note("[not sent] " + posted.answer().problem());
      failed = true;
    }
  }

  /// A connection that stands before the message is sent misses nothing of the reply.
  private void prepare() throws InterruptedException {
    link.forgetNews();
    link.connectIfDue();
  }

  private ReplyFollower follower(JobId job) {
    return new ReplyFollower(api, link, new ReplyPrinter(screen), Patience.TYPICAL, job);
  }

  private void follow(ReplyFollower follower) throws InterruptedException {
    if (follower.untilFinal().phase() != ReplyView.Phase.COMPLETED) {
      failed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    screen.close();
    postman.close();
    link.close();
    api.close();
  }
}
