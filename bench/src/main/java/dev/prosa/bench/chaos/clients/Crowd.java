package dev.prosa.bench.chaos.clients;

import dev.prosa.bench.chaos.evidence.Journal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Users that talk to Prosa, each in a conversation of its own, in one tab or two.
public sealed interface Crowd extends AutoCloseable permits HttpCrowd {

  /// How they behave.
  ///
  /// @param conversations how many users there are
  /// @param turns how many messages each sends
  /// @param time over how long they send them, if the replies come quickly
  /// @param silence a job that nothing was heard of for this long is asked for
  /// @param seed makes who does what the same in the next run
  record Behaviour(int conversations, int turns, Duration time, Duration silence, long seed) {}

  /// Where they go.
  ///
  /// @param api the HTTP API, without a `/` at its end
  /// @param gateways they choose one at random each time they connect
  record Addresses(URI api, List<URI> gateways) {

    public Addresses {
      gateways = List.copyOf(gateways);
    }
  }

  /// A job that was accepted.
  record Job(String id, String owner) {}

  /// Begins to talk.
  static Crowd start(Behaviour behaviour, Addresses addresses, Journal journal) {
    return HttpCrowd.start(behaviour, addresses, journal);
  }

  /// Cuts the connection of one tab, without a word.
  ///
  /// @return false when none is connected
  boolean drop(Random dice);

  /// Has one user stop a job that is open.
  ///
  /// @return false when none is open
  boolean cancel(Random dice);

  /// Any job that was accepted so far; null when there is none.
  @Nullable Job anyJob(Random dice);

  /// Waits until most have seen the end of their first job, so that everything is warm.
  ///
  /// @return false when that took longer than `limit`
  boolean awaitWarm(Duration limit) throws InterruptedException;

  /// Waits until everybody has sent everything and has seen every job end.
  ///
  /// @return false when that took longer than `limit`
  boolean awaitDone(Duration limit) throws InterruptedException;

  /// All tabs close their connections in good order.
  @Override
  void close();
}
