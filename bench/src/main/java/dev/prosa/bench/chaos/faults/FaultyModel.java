package dev.prosa.bench.chaos.faults;

import dev.prosa.bench.chaos.evidence.Journal;
import java.net.URI;
import java.util.Set;

/// A model that speaks the protocol of OpenAI, signs every word, and fails as often as it is told.
public sealed interface FaultyModel extends AutoCloseable permits HttpFaultyModel {

  /// What it does.
  ///
  /// @param seed makes faults and lengths the same in the next run
  /// @param faults how many calls go wrong, 0 to 1
  /// @param doomed questions whose every call goes wrong
  /// @param poison questions that kill whoever asks them
  record Script(long seed, double faults, Set<Integer> doomed, Set<Integer> poison) {

    public Script {
      doomed = Set.copyOf(doomed);
      poison = Set.copyOf(poison);
    }
  }

  /// Begins to serve on a free port.
  static FaultyModel start(Script script, KillOrders orders, Journal journal) {
    return HttpFaultyModel.start(script, orders, journal);
  }

  /// Where a worker finds it, as `OPENAI_BASE_URL`; the address tells who asks.
  URI uri(String worker);

  /// From now on it is away, or back.
  void away(boolean away);

  /// From now on every call goes well.
  void heal();

  @Override
  void close();
}
