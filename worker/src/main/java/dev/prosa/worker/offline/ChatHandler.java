package dev.prosa.worker.offline;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// Answers one chat completion, or misbehaves the way its command asks for.
final class ChatHandler {

  private static final Duration SLOW = Duration.ofMillis(200);
  private static final Duration STALL = Duration.ofSeconds(60);
  private static final int WORDS_BEFORE_A_FAULT = 12;
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Pace pace;
  private final InstantSource time;
  private final CallCounter calls = new CallCounter();

  ChatHandler(Pace pace, InstantSource time) {
    this.pace = pace;
    this.time = time;
  }

  void handle(HttpExchange exchange, ChatRequest request) throws IOException {
    switch (Command.in(request.question())) {
      case Command.Answer() -> answer(exchange, request, ScriptedReply.to(request), pace);
      case Command.Slow() ->
          answer(exchange, request, ScriptedReply.to(request), pace.withPerToken(SLOW));
      case Command.Lengthy() -> answer(exchange, request, ScriptedReply.longTo(request), pace);
      case Command.Echo(String text) -> answer(exchange, request, text, pace);
      case Command.Help() -> answer(exchange, request, Command.HELP.stripTrailing(), pace);
      case Command.Fail(int times) -> fail(exchange, request, times);
      case Command.RateLimit() -> rateLimit(exchange, request);
      case Command.Cut(int times) -> cut(exchange, request, times);
      case Command.Stall() -> stall(exchange, request);
      case Command.Garbage() -> Reply.html(exchange, "<html><body>Not a completion</body></html>");
    }
  }

  private void answer(HttpExchange exchange, ChatRequest request, String text, Pace pace)
      throws IOException {
    var completion = completion(request, text);
    if (request.stream()) {
      new EventStream(exchange, completion, pace).sendAll(request.includeUsage());
    } else {
      Pause.of(pace.firstToken());
      Reply.json(exchange, 200, completion.whole());
    }
    calls.forget(request.fingerprint());
  }

  private Completion completion(ChatRequest request, String text) {
    return Completion.of(request, time.instant().getEpochSecond(), text);
  }

  private void fail(HttpExchange exchange, ChatRequest request, int times) throws IOException {
    var call = calls.next(request.fingerprint());
    if (call > times) {
      answer(exchange, request, ScriptedReply.to(request), pace);
    } else {
      Reply.error(exchange, 500, "server_error", "failing as asked, call " + call);
    }
  }

  private void rateLimit(HttpExchange exchange, ChatRequest request) throws IOException {
    if (calls.next(request.fingerprint()) > 1) {
      answer(exchange, request, ScriptedReply.to(request), pace);
    } else {
      Reply.error(
          exchange, 429, "rate_limit_error", "limiting the rate as asked", RETRY_AFTER_SECONDS);
    }
  }

  private void cut(HttpExchange exchange, ChatRequest request, int times) throws IOException {
    if (calls.next(request.fingerprint()) > times) {
      answer(exchange, request, ScriptedReply.to(request), pace);
      return;
    }
    start(exchange, request);
    throw new IOException("cutting the connection as asked");
  }

  /// Nothing tells an idle server that its client has left, so the wait may outlast it.
  private void stall(HttpExchange exchange, ChatRequest request) throws IOException {
    start(exchange, request);
    Pause.of(STALL);
    throw new IOException("ending the stall as asked");
  }

  private void start(HttpExchange exchange, ChatRequest request) throws IOException {
    var completion = completion(request, ScriptedReply.to(request));
    new EventStream(exchange, completion, pace).sendStart(WORDS_BEFORE_A_FAULT);
  }
}
