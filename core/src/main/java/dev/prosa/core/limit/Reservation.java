package dev.prosa.core.limit;

import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place among the jobs in flight and a part of the day's budget, held for a job until it is
/// known what it took.
///
/// @param id names it; requests that ask for the same job again have the same one
/// @param request names the request that asks for it; no two have the same one
/// @param quotas what it is taken from, in the order in which it is taken; may be empty
/// @param amount what the job is reckoned at
/// @param life how long it is held when nobody settles it; what it was reckoned at is spent then
public record Reservation(
    String id, String request, List<Quota> quotas, Amount amount, Duration life) {

  public Reservation {
    quotas = List.copyOf(quotas);
  }

  /// One that is not taken yet, of a request that nobody repeats.
  public static Reservation create(List<Quota> quotas, Amount amount, Duration life) {
    return create(RandomId.create().value(), quotas, amount, life);
  }

  /// One that is not taken yet, unless an earlier request for the same job has left it behind.
  ///
  /// @param id what these requests have in common; no white space
  public static Reservation create(String id, List<Quota> quotas, Amount amount, Duration life) {
    return new Reservation(id, RandomId.create().value(), quotas, amount, life);
  }

  /// The same request, reckoned at something else.
  public Reservation with(Amount other) {
    return new Reservation(id, request, quotas, other, life);
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
