package dev.prosa.bench.chaos.faults;

import dev.prosa.bench.chaos.evidence.Journal;
import java.net.URI;

/// Stands between one worker and AWS: sees every step, kills at some, breaks others.
public sealed interface WorkerProxy extends AutoCloseable permits HttpWorkerProxy {

  /// What the proxy works with.
  ///
  /// @param sqs the real queue
  /// @param dynamoDb the real table
  /// @param orders when to kill
  /// @param faults what to break
  /// @param seed makes what is broken the same in the next run
  record Surroundings(
      URI sqs, URI dynamoDb, KillOrders orders, AwsFaults faults, long seed, Journal journal) {}

  /// Begins to serve on a free port.
  ///
  /// @param worker the name of the worker, for the journal
  static WorkerProxy start(String worker, Surroundings surroundings) {
    return HttpWorkerProxy.start(worker, surroundings);
  }

  /// Where the worker finds both services.
  URI uri();

  /// The name of the worker.
  String worker();

  /// How many messages the worker asked for in its last receive: as many as it had free permits.
  int lastAskedFor();

  /// The final event of a job was seen on its way to the browsers.
  void published(String job);

  @Override
  void close();
}
