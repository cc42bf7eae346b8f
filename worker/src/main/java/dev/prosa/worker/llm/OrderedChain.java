package dev.prosa.worker.llm;

import dev.prosa.core.provider.Offered;
import dev.prosa.core.provider.ProviderStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One gate for each offer, in their order.
final class OrderedChain implements ProviderChain {

  /// A gate that is full or probed says nothing about when it is free.
  private static final Duration SOON = Duration.ofSeconds(1);

  private final List<Gate> gates;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final InstantSource clock;

  OrderedChain(List<Offer> offers, BreakerRules rules, InstantSource clock) {
    if (offers.isEmpty()) {
      throw new IllegalArgumentException("a chain without a provider");
    }
    this.clock = clock;
    var calls = new HashMap<String, Semaphore>();
    this.gates =
        offers.stream()
            .map(offer -> {
              var name = offer.model().provider();
              var permits = calls.computeIfAbsent(name, _ -> new Semaphore(offer.concurrency()));
              return new Gate(offer, rules, clock, permits, this::changed);
            })
            .toList();
  }

  private void changed(ProviderStatus.State before, ProviderStatus now) {
    listeners.forEach(listener -> listener.changed(before, now));
  }

  @Override
  public Round round(@Nullable String model, int tries) {
    var candidates = Offered.candidates(gates, model);
    return new Search(candidates, Math.floorMod(tries - 1, candidates.size()));
  }

  @Override
  public @Nullable Instant retryAt(@Nullable String model) {
    var candidates = Offered.candidates(gates, model);
    if (candidates.stream().anyMatch(gate -> gate.room() > 0)) {
      return null;
    }
    var earliest = clock.instant().plus(SOON);
    var known =
        candidates.stream()
            .flatMap(gate -> Stream.ofNullable(gate.status().retryAt()))
            .min(Instant::compareTo);
    return known.filter(earliest::isBefore).orElse(earliest);
  }

  @Override
  public boolean hasAnother(@Nullable String model) {
    return Offered.candidates(gates, model).size() > 1 && retryAt(model) == null;
  }

  @Override
  public int room() {
    return (int) Math.min(Integer.MAX_VALUE, gates.stream().mapToLong(Gate::room).sum());
  }

  @Override
  public List<ProviderStatus> statuses() {
    return gates.stream().map(Gate::status).toList();
  }

  @Override
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  /// Asks the gates in turn, from a given one on.
  static final class Search implements Round {
    private final List<Gate> candidates;
    private final int first;
    private int asked;

    private Search(List<Gate> candidates, int first) {
      this.candidates = candidates;
      this.first = first;
    }

    @Override
    public @Nullable Pass next() {
      while (asked < candidates.size()) {
        var pass = candidates.get((first + asked) % candidates.size()).enter();
        asked++;
        if (pass != null) {
          return pass;
        }
      }
      return null;
    }
  }
}
