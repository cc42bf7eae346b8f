package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.figures.Slice;
import dev.prosa.core.figures.Tally;
import dev.prosa.core.figures.WorkerFigures;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueDepth;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.queue.ReceivedLetter;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTest {

  private static final Map<String, String> NO_QUERY = Map.of();

  private final Api api = new Api();

  @BeforeEach
  void asOperator() {
    api.asAdmin();
  }

  /// A job of ann that failed and lies in the dead-letter queue.
  private String failed(String prompt) {
    var job = api.as(Api.ANN).say(prompt).text("jobId");
    api.end(job, new TurnState.Failed(FailureCode.PROVIDER_TIMEOUT, "p-1"));
    var poke = new Poke(Objects.requireNonNull(JobId.parse(job)), null);
    api.queue.deadLetter(new DeadLetter(poke.toBody(), "provider_timeout", 4, "p-1", null));
    api.asAdmin();
    return job;
  }

  private String state(String job) {
    var turn = api.database.turns().find(Objects.requireNonNull(JobId.parse(job)));
    return Objects.requireNonNull(turn).state().name();
  }

  @Test
  void shows_queue_jobs_and_providers() {
    failed("one");
    var running = api.as(Api.ANN).say("two").text("jobId");
    var _ = api.claimed(running);
    api.time.pass(Duration.ofSeconds(40));
    api.say("three");
    var now = api.time.instant();
    var open = new ProviderStatus("p", "m", ProviderStatus.State.OPEN, now.plusSeconds(5));
    api.providers.post("w-1", List.of(open));
    api.providers.post(
        "w-2", List.of(new ProviderStatus("p", "m", ProviderStatus.State.CLOSED, null)));

    var said = api.asAdmin().ops().json();

    assertThat(said.path("queue"))
        .isEqualTo(Said.parse("{\"waiting\":3,\"inFlight\":0,\"deadLetters\":1}"));
    assertThat(said.path("jobs"))
        .isEqualTo(
            Said.parse("{\"accepted\":1,\"running\":1,\"whole\":true,\"oldestSeconds\":40}"));
    assertThat(said.path("providers"))
        .isEqualTo(
            Said.parse(
                """
                [{"provider":"p","model":"m","state":"open","workers":2,"workersInState":1,
                  "retryAt":"%s"}]
                """
                    .formatted(now.plusSeconds(5))));
    assertThat(said.path("away")).isEmpty();
  }

  @Test
  void counts_the_age_of_a_redriven_job_from_its_redrive() {
    var job = failed("one");
    api.time.pass(Duration.ofHours(5));
    api.redrive(job);
    api.time.pass(Duration.ofSeconds(3));

    assertThat(api.ops().json().at("/jobs/oldestSeconds").asInt()).isEqualTo(3);
  }

  @Test
  void shows_what_the_workers_did_together() {
    var number = Slice.numberAt(api.time.instant());
    var slice =
        Slice.empty(number)
            .waited(Duration.ofMillis(100))
            .spoke(Duration.ofMillis(800))
            .replied(Duration.ofSeconds(4))
            .did(new Tally(1, 0, 0, 10, 20, 1_500_000));
    api.figures.post("w-1", new WorkerFigures(2, List.of(slice)));
    api.figures.post("w-2", new WorkerFigures(1, List.of(slice)));

    var fleet = api.ops().json().path("fleet");

    assertThat(fleet.path("workers").asInt()).isEqualTo(2);
    assertThat(fleet.path("writing").asInt()).isEqualTo(3);
    assertThat(fleet.at("/latencies/queueWait/count").asInt()).isEqualTo(2);
    assertThat(fleet.at("/latencies/reply/p95Millis").asDouble()).isCloseTo(4000, within(363.0));
    assertThat(fleet.at("/totals/completionTokens").asInt()).isEqualTo(40);
    assertThat(fleet.at("/totals/costUsd").asText()).isEqualTo("0.003");
    assertThat(fleet.path("slices")).hasSize(30);
    assertThat(last(fleet).path("tokens").asInt()).isEqualTo(60);
    assertThat(fleet.path("slices").get(0).has("replyMillis")).isFalse();
  }

  private static JsonNode last(JsonNode fleet) {
    return fleet.path("slices").get(29);
  }

  @Test
  void answers_without_what_is_away_and_names_it() {
    api.with(new AwayLetters()).with(new AwayFigures());

    var said = api.ops();

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.fields()).containsExactlyInAnyOrder("time", "jobs", "providers", "away");
    assertThat(said.json().path("away")).isEqualTo(Said.parse("[\"queue\",\"redis\"]"));
  }

  @Test
  void lists_letters_without_what_users_wrote() {
    var job = failed("my secret");
    api.queue.deadLetterQueue().addUnexplained("garbage");

    var said = api.letters(NO_QUERY);

    assertThat(said.texts("letters", "id")).containsExactlyInAnyOrder(job, "m1");
    assertThat(said.texts("letters", "owner")).contains("ann");
    assertThat(said.texts("letters", "state")).contains("FAILED");
    assertThat(said.event().getBody()).doesNotContain("my secret", "garbage");
    assertThat(api.audit).isEmpty();
    assertThat(api.queue.deadLetterQueue().visible()).isEqualTo(2);
  }

  @Test
  void says_that_there_are_more_letters() {
    failed("one");
    failed("two");

    var said = api.letters(Map.of("limit", "1"));

    assertThat(said.texts("letters", "id")).hasSize(1);
    assertThat(said.json().path("more").asBoolean()).isTrue();
  }

  @Test
  void shows_what_a_user_wrote_when_asked_and_notes_who_saw_it() {
    var job = failed("my secret");

    var closed = api.letter(job, NO_QUERY);
    assertThat(closed.json().has("prompt")).isFalse();
    assertThat(api.audit).isEmpty();

    var open = api.letter(job, Map.of("prompt", "true"));
    assertThat(open.text("prompt")).isEqualTo("my secret");
    assertThat(api.audit).containsExactly("local show_prompt shown");
  }

  @Test
  void redrives_one_job() {
    var job = failed("one");

    var said = api.redrive(job);

    assertThat(said.text("outcome")).isEqualTo("redriven");
    assertThat(state(job)).isEqualTo("ACCEPTED");
    assertThat(api.queue.deadLetters()).isEmpty();
    assertThat(api.audit).containsExactly("local redrive redriven");
  }

  @Test
  void redrives_all_at_the_rate_that_is_asked_for() {
    var jobs = List.of(failed("one"), failed("two"), failed("three"));
    api.time.pass(Duration.ofSeconds(1));
    var begin = api.time.passed();

    var said = api.redriveAll("{\"rate\":2}");

    assertThat(said.texts("results", "id")).containsExactlyElementsOf(jobs);
    assertThat(said.json().path("more").asBoolean()).isFalse();
    assertThat(api.time.passed().minus(begin)).isEqualTo(Duration.ofSeconds(1));
    assertThat(jobs).allSatisfy(job -> assertThat(state(job)).isEqualTo("ACCEPTED"));
  }

  @Test
  void goes_on_where_the_last_request_ended_and_leaves_newer_letters_alone() {
    failed("one");
    failed("two");
    api.time.pass(Duration.ofSeconds(1));
    var first = api.redriveAll("{\"rate\":0.1}");
    api.time.pass(Duration.ofSeconds(1));
    var newer = failed("three");

    assertThat(first.texts("results", "outcome")).containsExactly("redriven");
    assertThat(first.json().path("more").asBoolean()).isTrue();
    var again = "{\"rate\":9,\"before\":\"%s\"}".formatted(first.text("before"));
    assertThat(api.redriveAll(again).texts("results", "outcome")).containsExactly("redriven");
    assertThat(api.redriveAll(again).texts("results", "outcome")).isEmpty();
    assertThat(state(newer)).isEqualTo("FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"rate\":0}", "{\"rate\":1000}", "{\"rate\":\"x\"}", "{\"before\":\"soon\"}"})
  void redrives_nothing_when_it_does_not_know_how(String body) {
    var job = failed("one");

    api.redriveAll(body).isProblem(ProblemCode.INVALID_FIELD);

    assertThat(state(job)).isEqualTo("FAILED");
  }

  @Test
  void discards_a_letter_and_leaves_its_job_failed() {
    var job = failed("one");

    assertThat(api.discard(job).status()).isEqualTo(204);

    assertThat(api.queue.deadLetters()).isEmpty();
    assertThat(state(job)).isEqualTo("FAILED");
    assertThat(api.audit).containsExactly("local discard discarded");
  }

  @Test
  void an_action_on_a_letter_that_is_gone_is_noted_and_refused() {
    api.redrive("m9").isProblem(ProblemCode.NOT_FOUND, "letterId");
    api.discard("m9").isProblem(ProblemCode.NOT_FOUND, "letterId");
    api.letter("m9", NO_QUERY).isProblem(ProblemCode.NOT_FOUND, "letterId");

    assertThat(api.audit).containsExactly("local redrive not_found", "local discard not_found");
  }

  @Test
  void serves_nobody_but_operators() {
    var job = failed("one");
    api.as(Api.ANN);

    api.ops().isProblem(ProblemCode.FORBIDDEN);
    api.letters(NO_QUERY).isProblem(ProblemCode.FORBIDDEN);
    api.letter(job, NO_QUERY).isProblem(ProblemCode.FORBIDDEN);
    api.redrive(job).isProblem(ProblemCode.FORBIDDEN);
    api.redriveAll("{}").isProblem(ProblemCode.FORBIDDEN);
    api.discard(job).isProblem(ProblemCode.FORBIDDEN);
    assertThat(api.queue.deadLetters()).hasSize(1);
    assertThat(api.audit).isEmpty();
  }

  @Test
  void says_that_the_queue_is_away() {
    api.with(new AwayLetters());

    api.letters(NO_QUERY).isProblem(ProblemCode.QUEUE_UNAVAILABLE);
    api.discard("m1").isProblem(ProblemCode.QUEUE_UNAVAILABLE);
  }

  private static final class AwayLetters implements DeadLetterQueue {

    private static QueueUnavailableException away() {
      return new QueueUnavailableException(Broken.SECRET, new IllegalStateException(Broken.SECRET));
    }

    @Override
    public String name() {
      return "away";
    }

    @Override
    public List<ReceivedLetter> receive(int max, Duration hidden) {
      throw away();
    }

    @Override
    public void handBack(Collection<ReceivedLetter> letters) {
      throw away();
    }

    @Override
    public void delete(ReceivedLetter letter) {
      throw away();
    }

    @Override
    public QueueDepth depth() {
      throw away();
    }
  }

  private static final class AwayFigures implements FiguresBoard {
    @Override
    public void post(String worker, WorkerFigures figures) {
      throw new CacheUnavailableException("away", null);
    }

    @Override
    public List<Row> read() {
      throw new CacheUnavailableException("away", null);
    }
  }
}
