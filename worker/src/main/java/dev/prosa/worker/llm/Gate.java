package dev.prosa.worker.llm;

import dev.prosa.core.provider.Offered;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Lets calls through to one model of one provider, or not. The states and their permits are
/// resilience4j's. What leads from one to the next is decided here, so it is told no outcomes:
/// "more than five errors in ten seconds" cannot be said as a rate, and a probe has passed as soon
/// as text comes. Thread-safe: whoever changes something holds the lock.
final class Gate implements Offered {

  /// A pause that is asked for without a length.
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /// The longest pause that a provider is believed.
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Offer offer;
  private final BreakerRules rules;
  private final InstantSource clock;
  private final Semaphore calls;
  private final CircuitBreaker breaker;
  private final ErrorWindow errors;
  private final ProviderChain.Listener listener;

  private State told = State.CLOSED;
  private Instant openUntil = Instant.EPOCH;
  private Instant coolUntil = Instant.EPOCH;
  private int generation;
  private int opened;
  private int probes;
  private int failedProbes;

  /// @param calls one permit for each call that the provider takes at once
  Gate(
      Offer offer,
      BreakerRules rules,
      InstantSource clock,
      Semaphore calls,
      ProviderChain.Listener listener) {
    this.offer = offer;
    this.rules = rules;
    this.clock = clock;
    this.calls = calls;
    this.listener = listener;
    this.errors = new ErrorWindow(rules.errors(), rules.window());
    this.breaker =
        CircuitBreaker.of(
            offer.model().provider() + "/" + offer.model().name(),
            CircuitBreakerConfig.custom()
                .clock(clock.withZone(ZoneOffset.UTC))
                .permittedNumberOfCallsInHalfOpenState(BreakerRules.PROBES)
                .build());
  }

  /// What one call may say here.
  static final class Ticket {
    private final int generation;
    private final boolean probe;
    private boolean settled;
    private boolean left;

    private Ticket(int generation, boolean probe) {
      this.generation = generation;
      this.probe = probe;
    }
  }

  Offer offer() {
    return offer;
  }

  @Override
  public String provider() {
    return offer.model().provider();
  }

  @Override
  public String model() {
    return offer.model().name();
  }

  /// A pass for one call; null when none may begin now.
  @Nullable GatePass enter() {
    if (!calls.tryAcquire()) {
      return null;
    }
    var ticket = admit();
    if (ticket == null) {
      calls.release();
      return null;
    }
    return new GatePass(this, ticket);
  }

  private synchronized @Nullable Ticket admit() {
    if (breaker.getState() == CircuitBreaker.State.OPEN && !clock.instant().isBefore(openUntil)) {
      breaker.transitionToHalfOpenState();
    }
    if (isCooling() || !breaker.tryAcquirePermission()) {
      tell();
      return null;
    }
    var probe = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    if (probe) {
      probes++;
    }
    tell();
    return new Ticket(generation, probe);
  }

  /// Text came: the model is there. A probe has done its work with that, however long its reply is.
  synchronized void came(Ticket ticket) {
    if (isStale(ticket) || ticket.settled) {
      return;
    }
    ticket.settled = true;
    if (isProbing(ticket)) {
      close();
    }
  }

  synchronized void failed(Ticket ticket, ModelException failure) {
    coolDown(failure);
    if (!isStale(ticket)) {
      switch (failure.kind()) {
        case AWAY, BROKEN -> countError(ticket);
        case MISCONFIGURED, REFUSED -> came(ticket);
        case BUSY -> {}
      }
    }
    tell();
  }

  private void coolDown(ModelException failure) {
    var asked = failure.retryAfter();
    if (failure.kind() == ModelException.Kind.BUSY || asked != null) {
      var pause = asked == null ? PAUSE : asked;
      var until = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      coolUntil = until.isAfter(coolUntil) ? until : coolUntil;
    }
  }

  private void countError(Ticket ticket) {
    var probing = isProbing(ticket) && !ticket.settled;
    ticket.settled = true;
    if (probing) {
      failedProbes++;
      if (failedProbes >= BreakerRules.PROBES) {
        open();
      }
    } else if (errors.add(clock.instant())) {
      open();
    }
  }

  private void open() {
    opened++;
    var pause = rules.waitAfter(opened);
    openUntil = clock.instant().plus(pause);
    generation++;
    probes = 0;
    failedProbes = 0;
    errors.clear();
    breaker.transitionToOpenStateFor(pause);
  }

  private void close() {
    opened = 0;
    errors.clear();
    probes = 0;
    failedProbes = 0;
    breaker.transitionToClosedState();
    tell();
  }

  private boolean isProbing(Ticket ticket) {
    return ticket.probe && breaker.getState() == CircuitBreaker.State.HALF_OPEN;
  }

  /// What began before the breaker opened says nothing about the model as it is now.
  private boolean isStale(Ticket ticket) {
    return ticket.generation != generation;
  }

  synchronized void leave(Ticket ticket) {
    if (ticket.left) {
      return;
    }
    ticket.left = true;
    calls.release();
    if (isProbing(ticket) && !ticket.settled && !isStale(ticket)) {
      probes--;
      breaker.releasePermission();
    }
  }

  /// How many calls may begin now.
  synchronized int room() {
    return isCooling() ? 0 : Math.min(calls.availablePermits(), admitted());
  }

  private int admitted() {
    return switch (breaker.getState()) {
      case OPEN -> clock.instant().isBefore(openUntil) ? 0 : BreakerRules.PROBES;
      case HALF_OPEN -> BreakerRules.PROBES - probes;
      default -> Integer.MAX_VALUE;
    };
  }

  synchronized ProviderStatus status() {
    return status(state());
  }

  private ProviderStatus status(State state) {
    var retryAt =
        switch (state) {
          case OPEN -> openUntil.isAfter(coolUntil) ? openUntil : coolUntil;
          case COOLING -> coolUntil;
          case CLOSED, HALF_OPEN -> null;
        };
    return new ProviderStatus(provider(), model(), state, retryAt);
  }

  private State state() {
    return switch (breaker.getState()) {
      case OPEN -> State.OPEN;
      case HALF_OPEN -> isCooling() ? State.COOLING : State.HALF_OPEN;
      default -> isCooling() ? State.COOLING : State.CLOSED;
    };
  }

  private boolean isCooling() {
    return clock.instant().isBefore(coolUntil);
  }

  private void tell() {
    var state = state();
    if (state != told) {
      var before = told;
      told = state;
      listener.changed(before, status(state));
    }
  }
}
