package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.Grant;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a browser is let in once.
abstract class TicketOfficeContract {

  final ManualTime time = new ManualTime();
  private final OwnerId owner = TurnDatabaseContract.someone();
  private final Caller caller = new Caller(owner, null);

  abstract TicketOffice office();

  /// Lets time pass for the office.
  abstract void pass(Duration duration);

  @Test
  void a_ticket_cannot_be_guessed() {
    var first = office().issue(caller);

    assertThat(first).matches(RandomId.PATTERN).isNotEqualTo(office().issue(caller));
  }

  @Test
  void a_ticket_lets_its_owner_in() {
    var ticket = office().issue(caller);

    assertThat(redeemed(ticket).owner()).isEqualTo(owner);
  }

  @Test
  void a_ticket_is_good_once() {
    var ticket = office().issue(caller);
    office().redeem(ticket);

    assertThat(office().redeem(ticket)).isNull();
  }

  @Test
  void a_ticket_is_good_for_one_of_50_at_once() throws InterruptedException {
    var ticket = office().issue(caller);

    var let = Race.run(50, () -> Optional.ofNullable(office().redeem(ticket)).map(Grant::owner));

    assertThat(let).containsOnlyOnce(Optional.of(owner));
    assertThat(let.stream().filter(Optional::isEmpty)).hasSize(49);
  }

  @Test
  void a_ticket_is_good_for_its_life() {
    var ticket = office().issue(caller);

    pass(TicketOffice.LIFE.minusSeconds(1));

    assertThat(redeemed(ticket).owner()).isEqualTo(owner);
  }

  @Test
  void a_ticket_expires() {
    var ticket = office().issue(caller);

    pass(TicketOffice.LIFE);

    assertThat(office().redeem(ticket)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "00000000000000000000000000", "*", "a b\r\nDEL ticket:*", "\u0000"})
  void nothing_else_lets_anybody_in(String ticket) {
    office().issue(caller);

    assertThat(office().redeem(ticket)).isNull();
  }

  @Test
  void a_grant_lasts_as_long_as_the_token_it_was_asked_for_with() {
    var until = Instant.parse("2026-01-01T01:00:00.123Z");

    assertThat(redeemed(office().issue(new Caller(owner, until))).until()).isEqualTo(until);
    assertThat(redeemed(office().issue(caller)).until()).isNull();
  }

  @Test
  void a_logout_ends_the_grants_from_before_and_nobody_elses() {
    var grant = redeemed(office().issue(caller));
    var stranger = redeemed(office().issue(new Caller(new OwnerId("stranger-of-" + owner), null)));

    office().logOut(owner);

    var logouts = office().logoutsSince(Instant.EPOCH);
    assertThat(logouts.end(grant)).isTrue();
    assertThat(logouts.end(stranger)).isFalse();
  }

  @Test
  void a_logout_ends_what_a_ticket_from_before_is_taken_in_for() {
    var ticket = office().issue(caller);

    office().logOut(owner);

    assertThat(office().logoutsSince(Instant.EPOCH).end(redeemed(ticket))).isTrue();
  }

  @Test
  void who_proves_again_after_a_logout_may_stay() {
    office().logOut(owner);
    pass(Duration.ofMillis(1));

    var grant = redeemed(office().issue(caller));

    assertThat(office().logoutsSince(Instant.EPOCH).end(grant)).isFalse();
  }

  @Test
  void a_logout_is_told_again_while_a_ticket_from_before_may_come_in() {
    var before = office().logoutsSince(Instant.EPOCH).now();
    office().logOut(owner);

    var next = office().logoutsSince(before);
    var afterThat = office().logoutsSince(next.now());
    var late = office().logoutsSince(next.now().plus(TicketOffice.LOOK_BACK).plusSeconds(1));

    assertThat(next.last()).containsKey(owner);
    assertThat(afterThat.last()).containsKey(owner);
    assertThat(late.last()).doesNotContainKey(owner);
  }

  private Grant redeemed(String ticket) {
    return Objects.requireNonNull(office().redeem(ticket));
  }
}
