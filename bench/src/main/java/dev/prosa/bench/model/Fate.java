package dev.prosa.bench.model;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Decides what happens in a world besides the calls that go wrong, and when.
final class Fate {

  private final World world;
  private final Weather weather;
  private final Random random;
  private int operators;

  Fate(World world, Weather weather, Random random) {
    this.world = world;
    this.weather = weather;
    this.random = random;
  }

  void decide() {
    times(weather.flushes(), "flushes", world.truth()::flushRedis);
    times(weather.outages(), "outages", () -> world.redisAway(seconds(3, 15)));
    times(weather.drops(), "drops", this::drop);
    times(weather.deaf(), "deaf gateways", this::deafen);
    times(weather.cancels(), "cancels", this::cancel);
    times(weather.drains(), "drains", this::drain);
    during(
        weather.time().plus(World.MORNING),
        weather.redrives(),
        "looks at the dead letters",
        this::redrive);
    times(1, "second tabs", () -> world.people().getFirst().openTab());
  }

  private void times(int n, String name, Runnable event) {
    during(weather.time(), n, name, event);
  }

  private void during(Duration span, int n, String name, Runnable event) {
    for (int i = 0; i < n; i++) {
      var at = (long) (random.nextDouble() * span.toNanos());
      world
          .kernel()
          .after(
              at,
              null,
              () -> {
                world.history().count(name);
                world.history().note(name);
                event.run();
              });
    }
  }

  private Duration seconds(int from, int to) {
    return Duration.ofSeconds(from + random.nextInt(to - from));
  }

  private @Nullable Tab tab(Person person) {
    return person.isGone() ? null : person.tabs().get(random.nextInt(person.tabs().size()));
  }

  private void drop() {
    var tab = tab(world.people().get(random.nextInt(world.people().size())));
    if (tab != null) {
      tab.drop();
    }
  }

  private void deafen() {
    var gateways = world.gateways();
    if (!gateways.isEmpty()) {
      gateways.get(random.nextInt(gateways.size())).proc().deafen(Duration.ofSeconds(2));
    }
  }

  private void cancel() {
    for (var person : world.people()) {
      var tab = tab(person);
      var job = tab == null ? null : person.unfinished(tab);
      if (tab != null && job != null) {
        tab.cancel(job);
        return;
      }
    }
  }

  private void redrive() {
    operators++;
    new Operator(world.process("operator-" + operators), world).start();
  }

  private void drain() {
    var workers = world.workers();
    if (!workers.isEmpty()) {
      workers.get(random.nextInt(workers.size())).drain();
    }
  }
}
