package dev.prosa.bench.chaos.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One user: sends its messages one after the other, and repeats each until it is accepted.
final class HttpUser implements Runnable {

  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(50);

  /// One in so many messages is sent although the reply to the one before is not there yet.
  private static final int IMPATIENT = 3;

  /// One in so many messages is handed in twice with the same key, as after a lost answer.
  private static final int REPEATED = 5;

  private final HttpApi api;
  private final Crowd.Behaviour behaviour;
  private final int number;
  private final Random dice;
  private final List<HttpTab> tabs = new ArrayList<>();
  private final List<String> jobs = new CopyOnWriteArrayList<>();
  private long begin;
  private @Nullable String conversation;
  private volatile boolean sentAll;

  HttpUser(HttpApi api, Crowd.Behaviour behaviour, int number) {
    this.api = api;
    this.behaviour = behaviour;
    this.number = number;
    this.dice = new Random(behaviour.seed() + 104_729L * number);
  }

  void add(HttpTab tab) {
    tabs.add(tab);
  }

  HttpApi api() {
    return api;
  }

  List<String> jobs() {
    return List.copyOf(jobs);
  }

  boolean hasOpenJob() {
    return !jobs.isEmpty() && !tabs.getFirst().hasSeenEndOf(jobs.getLast());
  }

  boolean cancelNewest() {
    var job = jobs.getLast();
    Thread.ofVirtual()
        .start(() -> {
          try {
            api.cancel(job);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return true;
  }

  boolean hasBegun() {
    return !jobs.isEmpty() && tabs.getFirst().hasSeenEndOf(jobs.getFirst());
  }

  boolean isDone() {
    return sentAll && tabs.stream().allMatch(tab -> jobs.stream().allMatch(tab::hasSeenEndOf));
  }

  @Override
  public void run() {
    try {
      begin = System.nanoTime();
      for (var turn = 0; turn < behaviour.turns(); turn++) {
        pauseUntil(turn);
        if (dice.nextInt(IMPATIENT) > 0) {
          awaitLastReply();
        }
        send(1 + number * behaviour.turns() + turn);
        if (turn == 0) {
          // a slow start must not turn the rest into one burst
          awaitLastReply();
          begin = System.nanoTime() - behaviour.time().dividedBy(behaviour.turns()).toNanos();
        }
      }
      sentAll = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pauseUntil(int turn) throws InterruptedException {
    var gap = behaviour.time().toNanos() / behaviour.turns();
    var due = begin + (long) ((turn + dice.nextDouble()) * gap);
    Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
  }

  private void awaitLastReply() throws InterruptedException {
    while (hasOpenJob()) {
      Thread.sleep(LOOK);
    }
  }

  private void send(int question) throws InterruptedException {
    var key = "key-" + question;
    var accepted = post(question, key);
    if (dice.nextInt(REPEATED) == 0) {
      var _ = post(question, key);
    }
    conversation = accepted.conversation();
    jobs.add(accepted.job());
    tabs.forEach(tab -> tab.expect(accepted.job()));
  }

  /// The body is the same each time: that a first message began a conversation is known only
  /// afterwards.
  private HttpApi.Accepted post(int question, String key) throws InterruptedException {
    var backoff = new Backoff(AGAIN, LONGEST, dice);
    while (true) {
      var accepted = api.post(question, key, conversation);
      if (accepted != null) {
        return accepted;
      }
      Thread.sleep(backoff.next());
    }
  }
}
