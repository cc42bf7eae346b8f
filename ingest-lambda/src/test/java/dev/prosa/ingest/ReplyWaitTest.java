package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a request sees that waits for its reply.
class ReplyWaitTest {

  private static final TurnState.Final HELLO =
      new TurnState.Completed(new Reply("Hello.", "stop", "m-9", "p", null));
  private static final String BODY = "{\"question\":\"Hi\"}";

  private final Api api = new Api();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static void isJob(Said said) {
    assertThat(said.status()).isEqualTo(202);
    assertThat(said.fields())
        .containsExactly("jobId", "conversationId", "status", "delivery", "createdAt", "traceId");
    assertThat(said.header("Location")).isEqualTo("/v1/jobs/" + said.text("jobId"));
  }

  @Test
  void a_reply_ends_the_wait() {
    api.endWhenAwaited(HELLO);

    var said = api.ask(BODY);

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.text("answer")).isEqualTo("Hello.");
    assertThat(api.time.passed()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void the_pauses_grow_to_half_a_second() {
    var pauses = new int[1];
    for (var i = 0; i < 100; i++) {
      api.time.whenSomebodyWaits(() -> pauses[0]++);
    }

    api.ask(BODY);

    assertThat(pauses[0]).isBetween(50, 60);
  }

  @Test
  void a_reply_that_does_not_come_is_left_to_its_job() {
    var said = api.ask(BODY);

    isJob(said);
    assertThat(api.time.passed()).isEqualTo(ReplyWait.LONGEST);
    assertThat(api.pokes()).containsExactly(said.text("jobId"));
  }

  @Test
  void a_message_that_was_accepted_slowly_is_waited_for_less() {
    var slow = Broken.before(JobQueue.class, api.queue, () -> api.time.pass(Duration.ofSeconds(4)));

    isJob(api.with(slow).ask(BODY));

    assertThat(api.time.passed()).isEqualTo(ReplyWait.LONGEST);
  }

  @Test
  void a_job_that_still_waits_for_a_provider_says_so() {
    var later = api.time.instant().plusSeconds(60);
    api.providers.post("w", List.of(new ProviderStatus("p-1", "m-1", State.OPEN, later)));

    var said = api.ask(BODY);

    assertThat(said.text("status")).isEqualTo("waiting");
    assertThat(said.text("retryAt")).isEqualTo(later.toString());
  }

  @Test
  void a_time_that_passed_while_it_waited_is_not_told() {
    var soon = api.time.instant().plusSeconds(5);
    api.providers.post("w", List.of(new ProviderStatus("p-1", "m-1", State.OPEN, soon)));

    isJob(api.ask(BODY));
  }

  @Test
  void a_lambda_with_no_time_left_does_not_wait() {
    var event = api.event(Map.of(), Map.of(), BODY);

    var said = Api.call(new PostAskHandler(api.ingest()), event, Duration.ofSeconds(1));

    isJob(said);
    assertThat(api.time.passed()).isZero();
  }

  @Test
  void an_interrupt_ends_the_wait() {
    api.time.whenSomebodyWaits(() -> {
      throw new InterruptedException();
    });

    isJob(api.ask(BODY));

    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void a_failure_is_told_in_its_own_words() {
    api.endWhenAwaited(new TurnState.Failed(FailureCode.CONTENT_FILTERED, "p"));

    var said = api.ask(BODY);

    said.isProblem(ProblemCode.REPLY_FAILED);
    assertThat(said.text("detail")).isEqualTo(FailureCode.CONTENT_FILTERED.message());
    assertThat(said.text("failure")).isEqualTo("content_filtered");
    assertThat(api.job(said.text("jobId")).text("state")).isEqualTo("FAILED");
  }

  @Test
  void a_stopped_reply_is_what_was_written_by_then() {
    api.endWhenAwaited(new TurnState.Cancelled("Hel"));

    var said = api.ask(BODY);

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.fields()).containsExactly("answer", "jobId", "conversationId");
    assertThat(said.text("answer")).isEqualTo("Hel");
  }

  @Test
  void a_repeated_request_waits_for_the_same_job() {
    var first = api.header("Idempotency-Key", "key-1").ask(BODY);
    api.endWhenAwaited(HELLO);

    var again = api.ask(BODY);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("jobId")).isEqualTo(first.text("jobId"));
    assertThat(api.conversations(Map.of()).json().path("conversations")).hasSize(1);
  }

  @Test
  void a_reply_that_is_there_already_is_not_waited_for() {
    api.endWhenAwaited(HELLO);
    api.header("Idempotency-Key", "key-1").ask(BODY);
    var waited = api.time.passed();

    var again = api.ask(BODY);

    assertThat(again.text("answer")).isEqualTo("Hello.");
    assertThat(api.time.passed()).isEqualTo(waited);
  }

  @Test
  void a_key_that_was_used_for_another_body_is_refused() {
    api.header("Idempotency-Key", "key-1").ask(BODY);

    api.chat("{\"prompt\":\"Hi\"}").isProblem(ProblemCode.IDEMPOTENCY_CONFLICT, "Idempotency-Key");
  }

  @Test
  void a_store_that_stops_answering_ends_no_wait() {
    var patient = new PostAskHandler(api.with(flaky()).ingest());
    api.endWhenAwaited(HELLO);

    var said = Api.call(patient, api.event(Map.of(), Map.of(), BODY));

    assertThat(said.status()).isEqualTo(200);
    assertThat(api.time.passed()).isEqualTo(Duration.ofMillis(125));
  }

  /// The first turn that is looked for cannot be read.
  private TurnDatabase flaky() {
    var whole = api.database;
    return new TurnDatabase(
        Broken.firstTime(TurnStore.class, "find", whole.turns()),
        whole.conversations(),
        whole.open(),
        whole.erasures());
  }

  @Test
  void those_beyond_the_places_are_given_the_job_at_once() {
    var crowded = new PostAskHandler(api.ingest());
    var waited = new ArrayList<Duration>();
    enter(crowded, ReplyWait.MOST_AT_ONCE, waited);

    assertThat(waited).hasSize(ReplyWait.MOST_AT_ONCE + 1).startsWith(Duration.ZERO);
    assertThat(waited.subList(1, waited.size()))
        .allSatisfy(time -> assertThat(time).isGreaterThanOrEqualTo(ReplyWait.LONGEST));
    enter(crowded, 0, waited);
    assertThat(waited).endsWith(ReplyWait.LONGEST);
  }

  /// One request, and while it waits `more`, each inside the wait of the one before. Those who
  /// leave first are noted first.
  private void enter(PostAskHandler crowded, int more, List<Duration> waited) {
    if (more > 0) {
      api.time.whenSomebodyWaits(() -> enter(crowded, more - 1, waited));
    }
    var begin = api.time.passed();
    isJob(Api.call(crowded, api.event(Map.of(), Map.of(), BODY)));
    waited.add(api.time.passed().minus(begin));
  }
}
