package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Decision;
import dev.prosa.core.limit.Decision.Reason;
import dev.prosa.core.limit.Limit;
import dev.prosa.core.limit.Quota;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Reservation;
import dev.prosa.core.limit.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How much users, tenants and models may take.
abstract class QuotasContract {

  static final Duration LIFE = Duration.ofMinutes(11);
  private static final Amount ONE = new Amount(1, 1);

  final ManualTime time = new ManualTime();
  final Scope user = new Scope(Scope.Kind.USER, TurnDatabaseContract.someone().value());
  final Scope tenant = new Scope(Scope.Kind.TENANT, TurnDatabaseContract.someone().value());

  abstract Quotas quotas();

  /// Lets time pass for the quotas.
  abstract void pass(Duration duration);

  static Limit requests(int most) {
    return new Limit(most, 0, Amount.NOTHING);
  }

  static Limit jobs(int most) {
    return new Limit(0, most, Amount.NOTHING);
  }

  static Limit tokens(int most) {
    return new Limit(0, 0, new Amount(most, 0));
  }

  Decision take(Limit limit) {
    return take(limit, ONE);
  }

  Decision take(Limit limit, Amount amount) {
    return quotas().reserve(reservation(limit, amount));
  }

  Reservation reservation(Limit limit, Amount amount) {
    return Reservation.create(List.of(new Quota(user, limit)), amount, LIFE);
  }

  /// What settles a job that was let in.
  String job(Limit limit, Amount amount) {
    var reservation = reservation(limit, amount);
    assertThat(quotas().reserve(reservation)).isInstanceOf(Decision.Granted.class);
    return receipt(reservation);
  }

  static String receipt(Reservation reservation) {
    return Objects.requireNonNull(reservation.receipt());
  }

  Decision.Refused refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return (Decision.Refused) decision;
  }

  private static boolean isGranted(Decision decision) {
    return decision instanceof Decision.Granted;
  }

  @Test
  void a_minute_has_so_many_requests() {
    var first = Objects.requireNonNull(take(requests(2)).rate());
    var second = Objects.requireNonNull(take(requests(2)).rate());
    var third = refused(take(requests(2)));

    assertThat(first.limit()).isEqualTo(2);
    assertThat(first.remaining()).isEqualTo(1);
    assertThat(second.remaining()).isZero();
    assertThat(third.reason()).isEqualTo(Reason.REQUESTS);
    assertThat(third.kind()).isEqualTo(Scope.Kind.USER);
    assertThat(third.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
  }

  @Test
  void a_request_counts_for_60_seconds_and_a_refused_one_never() {
    take(requests(1));
    pass(Duration.ofSeconds(50));
    refused(take(requests(1)));

    pass(Duration.ofSeconds(11));

    assertThat(isGranted(take(requests(1)))).isTrue();
  }

  @Test
  void so_many_jobs_are_in_flight() {
    var job = job(jobs(1), ONE);
    assertThat(refused(take(jobs(1))).reason()).isEqualTo(Reason.JOBS);

    quotas().settle(job, () -> ONE);

    assertThat(isGranted(take(jobs(1)))).isTrue();
  }

  @Test
  void a_reservation_that_is_given_back_took_nothing() {
    var limit = new Limit(1, 1, new Amount(1, 1));
    var reservation = reservation(limit, ONE);
    quotas().reserve(reservation);

    quotas().release(reservation);

    assertThat(isGranted(take(limit))).isTrue();
  }

  @Test
  void a_job_that_is_given_back_leaves_its_request_in_the_minute() {
    var limit = new Limit(2, 1, new Amount(1, 1));
    var reservation = reservation(limit, ONE);
    quotas().reserve(reservation);

    quotas().releaseJob(reservation);

    assertThat(isGranted(take(limit))).isTrue();
    assertThat(refused(take(limit)).reason()).isEqualTo(Reason.REQUESTS);
  }

  /// A request for the same job.
  private static Reservation again(Reservation earlier) {
    return Reservation.create(earlier.id(), earlier.quotas(), earlier.amount(), earlier.life());
  }

  @Test
  void a_request_takes_over_what_an_earlier_one_for_the_same_job_left_behind() {
    var limit = new Limit(1, 1, new Amount(1, 1));
    var first = reservation(limit, ONE);
    quotas().reserve(first);

    var second = again(first);

    assertThat(isGranted(quotas().reserve(second))).isTrue();
    quotas().release(second);
    refused(take(jobs(1)));
    quotas().settle(second.receipt(), () -> Amount.NOTHING);
    assertThat(isGranted(take(jobs(1)))).isTrue();
  }

  @Test
  void what_is_taken_over_is_held_for_as_long_as_if_it_were_new() {
    var first = reservation(jobs(1), ONE);
    quotas().reserve(first);
    pass(LIFE.minusSeconds(60));
    quotas().reserve(again(first));

    pass(LIFE.minusSeconds(60));

    refused(take(jobs(1)));
  }

  @Test
  void of_50_jobs_at_once_a_budget_of_10_lets_exactly_10_pass() throws InterruptedException {
    var decisions = Race.run(50, () -> take(tokens(1_000), new Amount(100, 0)));

    assertThat(decisions.stream().filter(QuotasContract::isGranted)).hasSize(10);
  }

  @Test
  void of_50_jobs_at_once_a_minute_of_10_and_a_place_for_10_let_exactly_10_pass()
      throws InterruptedException {
    var limit = new Limit(10, 10, Amount.NOTHING);

    var decisions = Race.run(50, () -> take(limit));

    assertThat(decisions.stream().filter(QuotasContract::isGranted)).hasSize(10);
  }

  @Test
  void what_a_job_took_takes_the_place_of_what_was_reserved() {
    var limit = tokens(100);
    var job = job(limit, new Amount(100, 0));
    assertThat(refused(take(limit)).reason()).isEqualTo(Reason.TOKENS);

    quotas().settle(job, () -> new Amount(40, 0));

    assertThat(isGranted(take(limit, new Amount(60, 0)))).isTrue();
    refused(take(limit));
  }

  @Test
  void a_job_is_settled_once() {
    var limit = tokens(100);
    var job = job(limit, ONE);
    var asked = new AtomicInteger();

    for (int i = 0; i < 3; i++) {
      quotas()
          .settle(
              job,
              () -> {
                asked.incrementAndGet();
                return new Amount(50, 0);
              });
    }

    assertThat(asked).hasValue(1);
    assertThat(isGranted(take(limit, new Amount(50, 0)))).isTrue();
  }

  @Test
  void a_job_for_which_nothing_is_reserved_is_not_settled() {
    quotas()
        .settle(
            receipt(reservation(jobs(1), ONE)),
            () -> {
              throw new AssertionError();
            });
  }

  @Test
  void cost_has_a_budget_of_its_own() {
    var limit = new Limit(0, 0, new Amount(0, 2));
    take(limit);
    take(limit);

    var third = refused(take(limit));

    assertThat(third.reason()).isEqualTo(Reason.COST);
    assertThat(third.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofDays(1));
  }

  @Test
  void a_reservation_that_nobody_settles_is_spent_in_the_end() {
    var limit = new Limit(0, 1, new Amount(100, 0));
    take(limit, new Amount(60, 0));

    pass(LIFE.plusSeconds(1));

    assertThat(refused(take(limit, new Amount(50, 0))).reason()).isEqualTo(Reason.TOKENS);
    assertThat(isGranted(take(limit, new Amount(40, 0)))).isTrue();
  }

  @Test
  void a_new_day_has_spent_nothing() {
    var limit = tokens(100);
    quotas().settle(job(limit, ONE), () -> new Amount(100, 0));
    refused(take(limit));

    pass(Duration.ofDays(1));

    assertThat(isGranted(take(limit, new Amount(100, 0)))).isTrue();
  }

  @Test
  void a_job_takes_from_all_or_from_none() {
    var quotas = List.of(new Quota(user, requests(1)), new Quota(tenant, jobs(1)));
    quotas().reserve(Reservation.create(List.of(new Quota(tenant, jobs(1))), ONE, LIFE));

    var decision = quotas().reserve(Reservation.create(quotas, ONE, LIFE));

    assertThat(refused(decision).kind()).isEqualTo(Scope.Kind.TENANT);
    assertThat(isGranted(take(requests(1)))).isTrue();
  }

  @Test
  void a_job_without_limits_takes_nothing() {
    var free = Reservation.create(List.of(), ONE, LIFE);

    assertThat(quotas().reserve(free)).isEqualTo(new Decision.Granted(null));
    assertThat(free.receipt()).isNull();
    quotas().settle(free.receipt(), () -> ONE);
    quotas().release(free);
  }
}
