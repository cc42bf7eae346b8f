package dev.prosa.local.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// A clock that begins now, because Redis counts real time, and then only moves when it is told to.
/// Thread-safe.
final class ManualTime implements InstantSource {

  private Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);

  @Override
  public synchronized Instant instant() {
    return now;
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
  }
}
