package dev.prosa.bench.chaos.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.chaos.evidence.ShownReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One tab: stays connected, and follows the jobs of its user by the rules of the protocol.
final class HttpTab implements Runnable, AutoCloseable {

  /// Without a connection, jobs are asked for this often.
  private static final Duration ALONE = Duration.ofSeconds(2);

  /// Between two requests for the same missing text.
  private static final Duration GAP = Duration.ofSeconds(1);

  /// Shorter than the page's: here no load balancer leads clients to a gateway that is there.
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration RECONNECT = Duration.ofMillis(400);
  private static final int MAX_RESUMED = 50;

  private final HttpApi api;
  private final String name;
  private final Duration silence;
  private final Random dice;
  private final Backoff backoff;
  private final LinkedBlockingQueue<HttpSocket.News> inbox = new LinkedBlockingQueue<>();
  private final Map<String, Followed> jobs = new ConcurrentHashMap<>();
  private volatile @Nullable HttpSocket socket;
  private volatile boolean connected;
  private volatile boolean closed;
  private long connectAt;

  /// What is known of a job.
  ///
  /// @param heard when something was heard of it
  /// @param asked when missing text was asked for
  private record Followed(ShownReply shown, long heard, long asked) {

    Followed with(ShownReply now) {
      return new Followed(now, System.nanoTime(), asked);
    }
  }

  HttpTab(HttpApi api, String name, Duration silence, Random dice) {
    this.api = api;
    this.name = name;
    this.silence = silence;
    this.dice = dice;
    this.backoff = new Backoff(RECONNECT, LONGEST, dice);
  }

  /// The user has sent a message.
  void expect(String job) {
    jobs.computeIfAbsent(job, _ -> new Followed(ShownReply.NONE, System.nanoTime(), 0));
  }

  boolean hasSeenEndOf(String job) {
    var followed = jobs.get(job);
    return followed != null && !followed.shown().isOpen();
  }

  boolean isConnected() {
    return connected;
  }

  /// Cuts the connection without a word.
  boolean cut() {
    var current = socket;
    if (current == null) {
      return false;
    }
    api.journal().note(Kind.DROP, e -> e.put("client", name));
    current.cut();
    return true;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        if (socket == null && System.nanoTime() >= connectAt) {
          connect();
        }
        var news = inbox.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (news != null && news.from().equals(socket)) {
          hear(news);
        }
        pollWhatIsOverdue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect() throws InterruptedException {
    connectAt = System.nanoTime() + backoff.next().toNanos();
    var ticket = api.ticket();
    if (ticket != null) {
      var gateways = api.addresses().gateways();
      var gateway = gateways.get(dice.nextInt(gateways.size()));
      socket = HttpSocket.open(api.http(), gateway, ticket, inbox);
    }
  }

  private void hear(HttpSocket.News news) throws InterruptedException {
    var frame = news.frame();
    if (frame == null) {
      lost(news.from());
    } else if (frame.path("type").asText().equals("connection.ready")) {
      api.journal()
          .note(Kind.CONNECTED, e -> e.put("client", name).put("gateway", news.from().port()));
      connected = true;
      backoff.reset();
      resume(jobs.keySet().stream().filter(job -> !hasSeenEndOf(job)).toList());
    } else {
      api.journal()
          .note(
              Kind.FRAME, e -> e.put("client", name).put("owner", api.owner()).set("frame", frame));
      apply(frame.path("jobId").asText(), frame);
    }
  }

  private void lost(HttpSocket from) {
    api.journal()
        .note(
            Kind.LOST,
            e ->
                e.put("client", name)
                    .put("gateway", from.port())
                    .put("code", from.closeCode())
                    .put("wasReady", connected));
    connected = false;
    socket = null;
  }

  private void apply(String job, JsonNode frame) throws InterruptedException {
    if (job.isEmpty()) {
      return;
    }
    expect(job);
    var before = followed(job);
    var step = before.shown().after(frame);
    jobs.put(job, before.with(step.reply()));
    var now = System.nanoTime();
    if (step.gap() && now - before.asked() >= GAP.toNanos()) {
      jobs.put(job, new Followed(step.reply(), now, now));
      resume(List.of(job));
    }
  }

  private Followed followed(String job) {
    return jobs.getOrDefault(job, new Followed(ShownReply.NONE, System.nanoTime(), 0));
  }

  private void resume(List<String> all) throws InterruptedException {
    var current = socket;
    for (var from = 0; current != null && from < all.size(); from += MAX_RESUMED) {
      var frame = HttpApi.JSON.createObjectNode().put("type", "resume");
      var array = frame.putArray("jobs");
      for (var job : all.subList(from, Math.min(all.size(), from + MAX_RESUMED))) {
        var shown = followed(job).shown();
        array
            .addObject()
            .put("jobId", job)
            .put("attempt", shown.attempt())
            .put("length", shown.text().length());
      }
      current.send(frame.toString());
    }
  }

  private void pollWhatIsOverdue() throws InterruptedException {
    var limit = connected ? silence : ALONE;
    for (var entry : jobs.entrySet()) {
      var followed = entry.getValue();
      if (followed.shown().isOpen() && System.nanoTime() - followed.heard() > limit.toNanos()) {
        poll(entry.getKey(), followed);
      }
    }
  }

  private void poll(String job, Followed before) throws InterruptedException {
    var body = api.job(job);
    if (body != null) {
      api.journal()
          .note(
              Kind.POLLED,
              e ->
                  e.put("client", name)
                      .put("owner", api.owner())
                      .put("job", job)
                      .set("body", body));
      jobs.put(job, before.with(before.shown().afterPoll(body)));
    }
  }

  @Override
  public void close() {
    closed = true;
    var current = socket;
    if (current != null) {
      current.close();
    }
  }
}
