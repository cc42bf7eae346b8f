package dev.prosa.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that only moves when it is told to. Thread-safe.
final class ManualTime implements InstantSource {

  static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private Instant now = BEGIN;

  @Override
  public synchronized Instant instant() {
    return now;
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
  }
}
