package dev.prosa.core.limit;

import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place among the jobs in flight and a part of the day's budget, held for a job until it is
/// known what it took.
///
/// @param id names it
/// @param quotas what it is taken from, in the order in which it is taken; may be empty
/// @param amount what the job is reckoned at
/// @param life how long it is held when nobody settles it; what it was reckoned at is spent then
public record Reservation(String id, List<Quota> quotas, Amount amount, Duration life) {

  public Reservation {
    quotas = List.copyOf(quotas);
  }

  /// One that is not taken yet.
  public static Reservation create(List<Quota> quotas, Amount amount, Duration life) {
    return new Reservation(RandomId.create().value(), quotas, amount, life);
  }

  List<Scope> scopes() {
    return quotas.stream().map(Quota::scope).toList();
  }

  /// What settles it, as a text that goes with the turn; null when nothing is reserved. Whoever has
  /// the turn can settle then, also when nobody was told what became of it.
  public @Nullable String receipt() {
    return quotas.isEmpty() ? null : new Receipt(id, scopes()).toString();
  }
}
