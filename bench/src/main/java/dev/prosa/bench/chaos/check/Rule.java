package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;

/// Looks for violations of one or a few invariants.
interface Rule {

  /// Called with every entry, in order.
  void read(Entry entry);

  /// Called after the last entry.
  void conclude(Turns turns, Findings findings);
}
