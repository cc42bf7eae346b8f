package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a browser is let in once.
abstract class TicketOfficeContract {

  final ManualTime time = new ManualTime();
  private final OwnerId owner = TurnDatabaseContract.someone();

  abstract TicketOffice office();

  /// Lets time pass for the office.
  abstract void pass(Duration duration);

  @Test
  void a_ticket_cannot_be_guessed() {
    var first = office().issue(owner);

    assertThat(first).matches(RandomId.PATTERN).isNotEqualTo(office().issue(owner));
  }

  @Test
  void a_ticket_lets_its_owner_in() {
    var ticket = office().issue(owner);

    assertThat(office().redeem(ticket)).isEqualTo(owner);
  }

  @Test
  void a_ticket_is_good_once() {
    var ticket = office().issue(owner);
    office().redeem(ticket);

    assertThat(office().redeem(ticket)).isNull();
  }

  @Test
  void a_ticket_is_good_for_one_of_50_at_once() throws InterruptedException {
    var ticket = office().issue(owner);

    var let = Race.run(50, () -> Optional.ofNullable(office().redeem(ticket)));

    assertThat(let).containsOnlyOnce(Optional.of(owner));
    assertThat(let.stream().filter(Optional::isEmpty)).hasSize(49);
  }

  @Test
  void a_ticket_is_good_for_its_life() {
    var ticket = office().issue(owner);

    pass(TicketOffice.LIFE.minusSeconds(1));

    assertThat(office().redeem(ticket)).isEqualTo(owner);
  }

  @Test
  void a_ticket_expires() {
    var ticket = office().issue(owner);

    pass(TicketOffice.LIFE);

    assertThat(office().redeem(ticket)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "00000000000000000000000000", "*", "a b\r\nDEL ticket:*", "\u0000"})
  void nothing_else_lets_anybody_in(String ticket) {
    office().issue(owner);

    assertThat(office().redeem(ticket)).isNull();
  }
}
