package dev.prosa.worker.process;

import dev.prosa.core.turn.JobId;
import java.util.concurrent.ConcurrentHashMap;

/// The attempts that run in this process; at most one for a job. Thread-safe.
final class RunningAttempts {

  private final ConcurrentHashMap<JobId, Stop> stops = new ConcurrentHashMap<>();
  private volatile boolean draining;

  void begin(JobId job, Stop stop) {
    stops.put(job, stop);
    if (draining) {
      stop.request(Stop.Reason.DRAINING);
    }
  }

  void end(JobId job) {
    stops.remove(job);
  }

  void cancel(JobId job) {
    var stop = stops.get(job);
    if (stop != null) {
      stop.request(Stop.Reason.CANCELLED);
    }
  }

  void drain() {
    draining = true;
    stops.values().forEach(stop -> stop.request(Stop.Reason.DRAINING));
  }

  boolean isDraining() {
    return draining;
  }
}
