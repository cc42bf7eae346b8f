package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Scope;
import dev.prosa.core.limit.Spendings;
import org.junit.jupiter.api.Test;

/// What was spent, where it is not forgotten.
abstract class SpendingsContract {

  private static final long DAY = 20_000;

  private final Scope user = new Scope(Scope.Kind.USER, TurnDatabaseContract.someone().value());
  private final Spendings spendings;

  SpendingsContract(Spendings spendings) {
    this.spendings = spendings;
  }

  @Test
  void at_first_nothing_is_spent() {
    assertThat(spendings.find(user, DAY)).isEqualTo(Amount.NOTHING);
  }

  @Test
  void the_most_that_was_noted_is_spent_whatever_came_last() {
    spendings.atLeast(user, DAY, new Amount(5, 50));
    spendings.atLeast(user, DAY, new Amount(7, 70));
    spendings.atLeast(user, DAY, new Amount(6, 60));
    spendings.atLeast(user, DAY, new Amount(7, 70));

    assertThat(spendings.find(user, DAY)).isEqualTo(new Amount(7, 70));
  }

  @Test
  void days_and_scopes_are_apart() {
    spendings.atLeast(user, DAY, new Amount(5, 50));

    assertThat(spendings.find(user, DAY + 1)).isEqualTo(Amount.NOTHING);
    assertThat(spendings.find(new Scope(Scope.Kind.MODEL, user.name()), DAY))
        .isEqualTo(Amount.NOTHING);
  }
}
