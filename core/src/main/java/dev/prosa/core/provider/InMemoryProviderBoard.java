package dev.prosa.core.provider;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A board in a map, with one lock.
final class InMemoryProviderBoard implements ProviderBoard {

  private final InstantSource clock;
  private final Map<String, Said> workers = new LinkedHashMap<>();

  private record Said(List<ProviderStatus> statuses, Instant until) {}

  InMemoryProviderBoard(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void post(String worker, List<ProviderStatus> statuses) {
    workers.put(worker, new Said(List.copyOf(statuses), clock.instant().plus(LIFE)));
  }

  @Override
  public synchronized List<List<ProviderStatus>> read() {
    var now = clock.instant();
    workers.values().removeIf(said -> !said.until().isAfter(now));
    return workers.values().stream().map(Said::statuses).toList();
  }
}
