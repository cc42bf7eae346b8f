package dev.prosa.worker.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that only moves when it is told to. Thread-safe.
public final class ManualTime implements InstantSource {

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }
}
