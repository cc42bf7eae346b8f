package dev.prosa.worker.llm;

import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.provider.ProviderStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that may be asked, in the order of preference, each behind a circuit breaker.
/// Thread-safe.
public sealed interface ProviderChain permits OrderedChain {

  /// A chain.
  ///
  /// @param offers in the order of preference; at least one; of each provider the first is asked
  ///   when a request names no model
  static ProviderChain of(List<Offer> offers, BreakerRules rules, InstantSource clock) {
    return new OrderedChain(offers, rules, clock);
  }

  /// A chain of what the settings name.
  ///
  /// @param providers in the order of preference; at least one
  /// @param keys of the providers; stay the caller's
  /// @param total the longest time for one reply
  static ProviderChain openAi(
      List<ProviderConfig> providers,
      ProviderKeys keys,
      Duration total,
      BreakerRules rules,
      InstantSource clock) {
    return of(new OpenAiOffers(keys, total, clock).of(providers), rules, clock);
  }

  /// One search for a model that answers.
  ///
  /// @param model what the request asks for; null, or one that is not offered, for the default
  /// @param tries how often the request was tried, this time included, from 1: each try begins with
  ///   another provider
  Round round(@Nullable String model, int tries);

  /// When a model may be asked again; null when one takes a call now.
  @Nullable Instant retryAt(@Nullable String model);

  /// Whether more than one provider may be asked and one of them takes a call now.
  boolean hasAnother(@Nullable String model);

  /// How many calls may begin now; 0 when no provider takes any.
  int room();

  /// How each model fares, in the order of preference.
  List<ProviderStatus> statuses();

  /// Calls `listener` whenever a model's state changes, on the thread that changed it; it must not
  /// block. Listeners are never removed.
  void onChange(Listener listener);

  /// Hears of changes.
  @FunctionalInterface
  interface Listener {

    /// A model has another state.
    ///
    /// @param before the state until now
    /// @param now how it fares from now on
    void changed(ProviderStatus.State before, ProviderStatus now);
  }

  /// One search through a chain; not thread-safe.
  sealed interface Round permits OrderedChain.Search {

    /// A pass for the next model that takes a call; null when there is none left. Each provider is
    /// asked at most once.
    @Nullable Pass next();
  }

  /// The right to make one call. Whoever has it says what came of it and closes it; closed without
  /// a word, it counts neither for the model nor against it. Thread-safe.
  sealed interface Pass extends AutoCloseable permits GatePass {

    /// What to ask.
    Offer offer();

    /// The first text came.
    void heard();

    /// The reply came whole.
    void answered();

    /// The call failed.
    void failed(ModelException failure);

    /// Gives the right back.
    @Override
    void close();
  }
}
