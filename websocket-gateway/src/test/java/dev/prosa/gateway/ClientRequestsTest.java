package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientRequestsTest {

  private static final OwnerId ANN = new OwnerId("ann");

  private final TurnStore turns = TurnDatabase.inMemory(new ManualTime()).turns();
  private final ReplyChannel replies = ReplyChannel.inMemory();
  private final AtomicInteger reads = new AtomicInteger();
  private final List<String> answers = new ArrayList<>();
  private final ClientRequests requests =
      new ClientRequests(counted(), replies, new Turnstile(), GatewayMetrics.unread());

  /// Thousands of clients come back at once when a gateway dies, and each of them asks.
  @Test
  void reads_the_table_once_for_each_open_job() {
    var shown = Stream.generate(this::open).limit(10).toList();

    requests.answer(ANN, new ClientMessage.Resume(shown), answers::add);

    assertThat(reads).hasValue(10);
  }

  @Test
  void needs_the_table_for_nothing_while_the_reply_is_being_written() {
    var shown = open();
    var job = Objects.requireNonNull(JobId.parse(shown.jobId()));
    replies.publish(ANN, new ReplyEvent.ReplyDelta(job, 1, 0, "Hello"));
    var has = new ClientMessage.Shown(shown.jobId(), 1, 3);

    requests.answer(ANN, new ClientMessage.Resume(List.of(has)), answers::add);
    assertThat(answers).singleElement().asString().contains("\"offset\":3,\"text\":\"lo\"");
    assertThat(reads).hasValue(0);

    requests.answer(new OwnerId("bob"), new ClientMessage.Resume(List.of(has)), answers::add);
    assertThat(answers).last().asString().contains("not_found");
  }

  @Test
  void answers_once_for_a_job_that_is_named_often() {
    var job = open();
    var wrong = new ClientMessage.Shown("no job", 0, 0);

    requests.answer(ANN, new ClientMessage.Resume(List.of(job, wrong, job, wrong)), answers::add);

    assertThat(reads).hasValue(1);
    assertThat(answers).singleElement().asString().contains("not_found");
  }

  private ClientMessage.Shown open() {
    var request = new NewTurn(ANN, null, "Why?", null, Duration.ofMinutes(10), null, null);
    var turn = ((AcceptOutcome.Accepted) turns.accept(request)).turn();
    return new ClientMessage.Shown(turn.job().value(), 0, 0);
  }

  private TurnStore counted() {
    return (TurnStore)
        Proxy.newProxyInstance(
            TurnStore.class.getClassLoader(),
            new Class<?>[] {TurnStore.class},
            (_, method, arguments) -> {
              reads.incrementAndGet();
              return method.invoke(turns, arguments);
            });
  }
}
