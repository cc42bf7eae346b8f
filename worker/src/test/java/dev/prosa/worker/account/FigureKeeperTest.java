package dev.prosa.worker.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.figures.FleetFigures;
import dev.prosa.core.figures.Histogram;
import dev.prosa.core.figures.Tally;
import dev.prosa.core.figures.WorkerFigures;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.worker.testing.ManualClockwork;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureKeeperTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Reply REPLY = new Reply("Hello", "stop", "m-1", "p-1", null);

  private final Shop shop = new Shop();
  private final ManualClockwork clockwork = new ManualClockwork();
  private final List<WorkerFigures> posts = new ArrayList<>();
  private final PostingFigureKeeper keeper =
      new PostingFigureKeeper(new Noting(), "w-1", Duration.ofMinutes(10), clockwork);

  private final class Noting implements FiguresBoard {
    @Override
    public void post(String worker, WorkerFigures figures) {
      posts.add(figures);
    }

    @Override
    public List<Row> read() {
      return posts.isEmpty() ? List.of() : List.of(new Row(posts.getLast(), true));
    }

    FleetFigures fleet() {
      return FleetFigures.of(read(), clockwork.instant());
    }
  }

  private Turn claimed() {
    return shop.claimed(shop.accepted("Hi").job());
  }

  /// Lets the keeper post for a while.
  private void run(Duration time) {
    clockwork.at(clockwork.passed().plus(time), keeper::close);
    keeper.post();
  }

  private FleetFigures fleet() {
    return new Noting().fleet();
  }

  private static ModelCall call(Turn turn, ModelCall.Outcome outcome) {
    return new ModelCall(
        new ModelCall.Id(turn.job(), 1, 1),
        "p-1",
        "m-1",
        outcome,
        new Usage(3, 4),
        false,
        50,
        new ModelCall.Timing(turn.clock().createdAt(), SECOND, SECOND.multipliedBy(2)));
  }

  @Test
  void counts_waits_first_tokens_replies_tokens_and_cost() {
    var turn = claimed();
    clockwork.at(SECOND.multipliedBy(3), () -> keeper.happened(new Progress.AttemptBegins(turn)));
    clockwork.at(
        SECOND.multipliedBy(4), () -> keeper.called(call(turn, ModelCall.Outcome.STARTED)));
    clockwork.at(
        SECOND.multipliedBy(5), () -> keeper.called(call(turn, ModelCall.Outcome.ANSWERED)));
    var completed = turn.with(new TurnState.Completed(REPLY));
    clockwork.at(SECOND.multipliedBy(6), () -> keeper.happened(new Progress.Ended(completed)));

    run(SECOND.multipliedBy(8));

    var total = fleet().total();
    assertThat(total.queueWait()).isEqualTo(Histogram.NONE.plus(SECOND.multipliedBy(3)));
    assertThat(total.firstToken()).isEqualTo(Histogram.NONE.plus(SECOND));
    assertThat(total.reply()).isEqualTo(Histogram.NONE.plus(SECOND.multipliedBy(6)));
    assertThat(total.tally()).isEqualTo(new Tally(1, 0, 0, 3, 4, 50));
  }

  @Test
  void knows_how_many_replies_are_being_written() {
    var turn = claimed();
    clockwork.at(SECOND, () -> keeper.happened(new Progress.AttemptBegins(turn)));
    clockwork.at(SECOND.multipliedBy(3), () -> keeper.happened(new Progress.AttemptOver(turn)));

    run(SECOND.multipliedBy(6));

    assertThat(posts).extracting(WorkerFigures::writing).contains(1).endsWith(0);
  }

  @Test
  void counts_how_turns_end() {
    var failed = new TurnState.Failed(FailureCode.PROVIDER_REJECTED, "p-1");
    clockwork.at(SECOND, () -> keeper.happened(new Progress.Ended(claimed().with(failed))));
    var stopped = new TurnState.Cancelled("");
    clockwork.at(
        SECOND.multipliedBy(2), () -> keeper.happened(new Progress.Ended(claimed().with(stopped))));

    run(SECOND.multipliedBy(4));

    assertThat(fleet().total().tally()).isEqualTo(new Tally(0, 1, 1, 0, 0, 0));
  }

  @Test
  void says_every_five_seconds_that_it_is_alive_and_never_more_than_once_a_second() {
    run(SECOND.multipliedBy(11));
    assertThat(posts).hasSize(3);
  }

  @Test
  void posts_at_most_once_a_second_however_much_happens() {
    var turn = claimed();
    for (int i = 1; i <= 100; i++) {
      clockwork.at(
          Duration.ofMillis(100L * i), () -> keeper.called(call(turn, ModelCall.Outcome.ANSWERED)));
    }

    run(SECOND.multipliedBy(11));

    assertThat(posts).hasSizeBetween(9, 12);
    assertThat(fleet().total().tally().promptTokens()).isEqualTo(300);
  }

  @Test
  void forgets_what_is_older_than_the_window() {
    var turn = claimed();
    clockwork.at(SECOND, () -> keeper.called(call(turn, ModelCall.Outcome.ANSWERED)));
    clockwork.at(Duration.ofMinutes(6), () -> keeper.called(call(turn, ModelCall.Outcome.FAILED)));

    run(Duration.ofMinutes(7));

    assertThat(posts.getLast().slices()).hasSize(1);
  }
}
