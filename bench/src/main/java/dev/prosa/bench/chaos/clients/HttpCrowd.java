package dev.prosa.bench.chaos.clients;

import dev.prosa.bench.chaos.evidence.Journal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A virtual thread for each tab and for each user that types.
final class HttpCrowd implements Crowd {

  /// Every so many users have a second tab.
  private static final int SECOND_TAB_EVERY = 4;

  private static final Duration LOOK = Duration.ofMillis(200);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final List<HttpUser> users = new ArrayList<>();
  private final List<HttpTab> tabs = new ArrayList<>();

  private HttpCrowd() {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(threads)
            .build();
  }

  static HttpCrowd start(Behaviour behaviour, Addresses addresses, Journal journal) {
    var crowd = new HttpCrowd();
    for (var number = 0; number < behaviour.conversations(); number++) {
      crowd.add(behaviour, addresses, journal, number);
    }
    crowd.tabs.forEach(tab -> crowd.threads.execute(tab));
    crowd.users.forEach(user -> crowd.threads.execute(user));
    return crowd;
  }

  private void add(Behaviour behaviour, Addresses addresses, Journal journal, int number) {
    var user = new HttpUser(new HttpApi(http, addresses, "u" + number, journal), behaviour, number);
    users.add(user);
    for (var tab = 0; tab < (number % SECOND_TAB_EVERY == 0 ? 2 : 1); tab++) {
      var dice = new Random(behaviour.seed() + 7919L * number + tab);
      var added = new HttpTab(user.api(), "u" + number + "." + tab, behaviour.silence(), dice);
      user.add(added);
      tabs.add(added);
    }
  }

  @Override
  public boolean drop(Random dice) {
    var connected = tabs.stream().filter(HttpTab::isConnected).toList();
    return !connected.isEmpty() && connected.get(dice.nextInt(connected.size())).cut();
  }

  @Override
  public boolean cancel(Random dice) {
    var busy = users.stream().filter(HttpUser::hasOpenJob).toList();
    return !busy.isEmpty() && busy.get(dice.nextInt(busy.size())).cancelNewest();
  }

  @Override
  public @Nullable Job anyJob(Random dice) {
    var active = users.stream().filter(user -> !user.jobs().isEmpty()).toList();
    if (active.isEmpty()) {
      return null;
    }
    var user = active.get(dice.nextInt(active.size()));
    var jobs = user.jobs();
    return new Job(jobs.get(dice.nextInt(jobs.size())), user.api().owner());
  }

  @Override
  public boolean awaitWarm(Duration limit) throws InterruptedException {
    return await(limit, () -> users.stream().filter(HttpUser::hasBegun).count() * 2 > users.size());
  }

  @Override
  public boolean awaitDone(Duration limit) throws InterruptedException {
    return await(limit, () -> users.stream().allMatch(HttpUser::isDone));
  }

  private static boolean await(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    var end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(LOOK);
    }
    return true;
  }

  @Override
  public void close() {
    tabs.forEach(HttpTab::close);
    try {
      threads.shutdown();
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }
}
