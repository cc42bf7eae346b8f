package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnState;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingTest {

  private static final OwnerId LOCAL = RunningGateway.LOCAL;

  private final RunningGateway gateway = new RunningGateway();
  private final TestClient client = gateway.connect().ready();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void delivers_to_every_connection_of_the_owner_and_to_no_other() {
    var second = gateway.connect().ready();
    var stranger = gateway.connectAs("ann").ready();
    var job = gateway.accepted(LOCAL).job();

    say(job, 1, 0, "Because 🎈");

    assertThat(client.next("reply.delta").path("text").asText()).isEqualTo("Because 🎈");
    assertThat(second.next("reply.delta").path("offset").asInt()).isZero();
    stranger.expectNothingBeforePong();
  }

  @Test
  void resumes_with_the_rest_of_the_same_attempt() {
    var job = gateway.accepted(LOCAL).job();
    start(job, 1);
    say(job, 1, 0, "Because of");
    var late = gateway.connect().ready();

    late.send(resume(job, 1, 7));

    var delta = late.next("reply.delta");
    assertThat(delta.path("offset").asInt()).isEqualTo(7);
    assertThat(delta.path("text").asText()).isEqualTo(" of");
  }

  @Test
  void resumes_with_a_new_beginning_when_the_attempt_is_higher() {
    var job = gateway.accepted(LOCAL).job();
    start(job, 2);
    say(job, 2, 0, "Well");
    var late = gateway.connect().ready();

    late.send(resume(job, 1, 7));

    var started = late.next("reply.started");
    assertThat(started.path("attempt").asInt()).isEqualTo(2);
    assertThat(started.path("prompt").asText()).isEqualTo("Why?");
    assertThat(late.next("reply.delta").path("offset").asInt()).isZero();
  }

  @Test
  void resumes_with_the_end_when_the_job_is_final() {
    var turn = gateway.claimed(gateway.accepted(LOCAL));
    var reply = new Reply("Because.", "stop", "a-model", "a-provider", null);
    gateway.turns.finish(turn, new TurnState.Completed(reply));

    client.send(resume(turn.job(), 1, 3));

    assertThat(client.next("reply.completed").path("content").asText()).isEqualTo("Because.");
  }

  @Test
  void resumes_many_long_replies_no_faster_than_the_client_reads() {
    var text = "x".repeat(Reply.MAX_BYTES);
    var end = new TurnState.Completed(new Reply(text, "stop", "a-model", "a-provider", null));
    var jobs = new ArrayList<String>();
    for (int i = 0; i < ClientMessageParser.MAX_JOBS; i++) {
      var turn = gateway.claimed(gateway.accepted(LOCAL));
      gateway.turns.finish(turn, end);
      jobs.add("{\"jobId\":\"%s\"}".formatted(turn.job()));
    }

    client.send("{\"type\":\"resume\",\"jobs\":" + jobs + "}");

    jobs.forEach(_ -> client.next("reply.completed"));
    client.expectNothingBeforePong();
  }

  @Test
  void says_nothing_when_the_client_has_everything() {
    var job = gateway.accepted(LOCAL).job();
    client.send(resume(job, 0, 0));
    client.expectNothingBeforePong();
    start(job, 1);
    client.next("reply.started");

    client.send(resume(job, 1, 0));

    client.expectNothingBeforePong();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume", "cancel"})
  void answers_a_foreign_job_like_one_that_does_not_exist(String type) {
    var foreign = gateway.accepted(new OwnerId("ann")).job();

    client.send(about(type, foreign));
    var answer = client.next("error");
    client.send(about(type, foreign.next()));
    var unknown = client.next("error");

    assertThat(answer.path("code").asText()).isEqualTo("not_found");
    assertThat(answer.path("message")).isEqualTo(unknown.path("message"));
    assertThat(Objects.requireNonNull(gateway.turns.find(foreign)).cancelRequested()).isFalse();
  }

  @Test
  void ends_a_cancelled_job_that_nobody_works_on_and_tells_every_tab() {
    var second = gateway.connect().ready();
    var job = gateway.accepted(LOCAL).job();

    client.send(about("cancel", job));

    assertThat(client.next("job.cancelled").path("jobId").asText()).isEqualTo(job.value());
    second.next("job.cancelled");
    var state = Objects.requireNonNull(gateway.turns.find(job)).state();
    assertThat(state).isEqualTo(new TurnState.Cancelled(""));
  }

  @Test
  void leaves_the_end_of_a_cancelled_job_to_the_worker_that_holds_it() {
    var turn = gateway.claimed(gateway.accepted(LOCAL));

    client.send(about("cancel", turn.job()));

    client.expectNothingBeforePong();
    var now = Objects.requireNonNull(gateway.turns.find(turn.job()));
    assertThat(now.cancelRequested()).isTrue();
    assertThat(now.state()).isInstanceOf(TurnState.Running.class);
  }

  @Test
  void passes_over_what_it_does_not_know() {
    client.send("{\"type\":\"from.the.future\",\"deep\":{\"er\":[1]}}");

    client.expectNothingBeforePong();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"type\":1}", "{\"type\":\"resume\",\"jobs\":7}"})
  void says_so_when_a_message_is_malformed(String text) {
    client.send(text);

    assertThat(client.next("error").path("code").asText()).isEqualTo("invalid_message");
    client.expectNothingBeforePong();
  }

  @Test
  void closes_a_client_that_says_too_much() {
    for (int i = 0; i < MessageRate.MESSAGES; i++) {
      client.expectNothingBeforePong();
    }

    client.send("{\"type\":\"ping\"}");

    assertThat(client.next("error").path("code").asText()).isEqualTo("rate_limited");
    assertThat(client.closeCode()).isEqualTo(4429);
  }

  private void start(JobId job, int attempt) {
    gateway.replies.publish(LOCAL, new ReplyEvent.ReplyStarted(job, attempt, "a-model", "Why?"));
  }

  private void say(JobId job, int attempt, int offset, String text) {
    gateway.replies.publish(LOCAL, new ReplyEvent.ReplyDelta(job, attempt, offset, text));
  }

  private static String about(String type, JobId job) {
    return type.equals("resume")
        ? resume(job, 0, 0)
        : "{\"type\":\"cancel\",\"jobId\":\"%s\"}".formatted(job);
  }

  private static String resume(JobId job, int attempt, int length) {
    return "{\"type\":\"resume\",\"jobs\":[{\"jobId\":\"%s\",\"attempt\":%d,\"length\":%d}]}"
        .formatted(job, attempt, length);
  }
}
