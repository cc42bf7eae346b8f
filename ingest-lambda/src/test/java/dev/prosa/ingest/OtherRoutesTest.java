package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.connection.Grant;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Stopping a job, tickets and health.
class OtherRoutesTest {

  private final Api api = new Api();

  @Test
  void a_job_that_waits_is_stopped_at_once() {
    var job = api.say("Hi").text("jobId");
    var frames = new ArrayList<String>();
    try (var _ = api.channel.subscribe(GatewayId.create(), (_, frame, _) -> frames.add(frame))) {
      var said = api.cancel(job);

      assertThat(said.status()).isEqualTo(202);
      assertThat(said.text("state")).isEqualTo("CANCELLED");
      assertThat(frames).singleElement().asString().contains("job.cancelled", job);
    }
  }

  @Test
  void a_job_that_runs_is_asked_to_stop() {
    var job = api.say("Hi").text("jobId");
    api.claimed(job);
    var stops = new ArrayList<JobId>();
    try (var _ = api.channel.onStop(stops::add)) {
      var said = api.cancel(job);

      assertThat(said.status()).isEqualTo(202);
      assertThat(said.text("state")).isEqualTo("RUNNING");
      assertThat(stops).extracting(JobId::value).containsExactly(job);
      var turn = api.database.turns().find(stops.getFirst());
      assertThat(Objects.requireNonNull(turn).cancelRequested()).isTrue();
    }
  }

  @Test
  void a_job_that_is_final_stays_as_it_is() {
    var job = api.say("Hi").text("jobId");
    api.end(job, new TurnState.Completed(new Reply("Hello.", "stop", "m", "p", null)));

    var said = api.cancel(job);

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.text("state")).isEqualTo("COMPLETED");
  }

  @Test
  void stopping_twice_does_nothing() {
    var job = api.say("Hi").text("jobId");
    var first = api.cancel(job);

    assertThat(api.cancel(job).json()).isEqualTo(first.json());
  }

  @Test
  void nobody_stops_the_job_of_somebody_else() {
    var job = api.as(Api.BOB).say("Hi").text("jobId");

    api.as(Api.ANN).cancel(job).isProblem(ProblemCode.NOT_FOUND, "jobId");

    assertThat(api.as(Api.BOB).job(job).text("state")).isEqualTo("ACCEPTED");
  }

  @Test
  void a_job_is_stopped_though_redis_is_down() {
    var waiting = api.say("Hi").text("jobId");
    var running = api.say("Hi").text("jobId");
    api.claimed(running);
    api.with(Broken.presence());

    assertThat(api.cancel(waiting).text("state")).isEqualTo("CANCELLED");
    assertThat(api.cancel(running).status()).isEqualTo(202);
  }

  @Test
  void a_ticket_lets_its_owner_in_once() {
    var said = api.header("Host", "127.0.0.1:8080").ticket();

    assertThat(said.status()).isEqualTo(201);
    assertThat(said.text("url")).isEqualTo("ws://127.0.0.1:8081/");
    assertThat(said.text("expiresAt")).isEqualTo("2026-03-01T12:00:30Z");
    assertThat(api.tickets.redeem(said.text("ticket")))
        .isEqualTo(new Grant(Api.ANN, null, api.time.instant()));
  }

  @Test
  void a_strange_host_name_does_not_get_into_the_address() {
    var said = api.header("Host", "evil\"><script>").ticket();

    assertThat(said.text("url")).isEqualTo("ws://localhost:8081/");
  }

  @Test
  void a_ticket_lasts_as_long_as_the_token() {
    var until = api.time.instant().plusSeconds(90);
    api.header("Authorization", "Bearer dev-ann!" + until.getEpochSecond());

    assertThat(api.tickets.redeem(api.ticket().text("ticket")))
        .isEqualTo(new Grant(Api.ANN, until, api.time.instant()));
  }

  @Test
  void a_logout_ends_the_connections_of_the_caller() {
    assertThat(api.logout().status()).isEqualTo(204);

    assertThat(api.tickets.logoutsSince(Instant.EPOCH).last()).containsOnlyKeys(Api.ANN);
  }

  @Test
  void a_logout_that_did_not_happen_is_not_taken_for_one() {
    api.with(Broken.presence()).logout().isProblem(ProblemCode.DELIVERY_UNAVAILABLE);
  }

  @Test
  void there_is_no_ticket_without_redis() {
    api.with(Broken.presence()).ticket().isProblem(ProblemCode.DELIVERY_UNAVAILABLE);
  }

  @Test
  void health_is_ok_when_everything_answers() {
    var said = api.health();

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.json())
        .isEqualTo(
            Said.parse(
                """
                {"status":"ok","store":"up","delivery":"push",
                 "model":{"provider":"host","name":"m-1","offline":true},
                 "workers":0,"providers":[]}
                """));
  }

  @Test
  void health_is_degraded_while_no_provider_takes_calls() {
    var retryAt = api.time.instant().plusSeconds(5);
    api.providers.post("w", List.of(new ProviderStatus("p-1", "m-1", State.OPEN, retryAt)));

    var said = api.health();

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.text("status")).isEqualTo("degraded");
    assertThat(said.json().path("workers").asInt()).isEqualTo(1);
    assertThat(said.texts("providers", "state")).containsExactly("open");
    assertThat(said.texts("providers", "retryAt")).containsExactly(retryAt.toString());
  }

  @Test
  void health_is_degraded_without_redis() {
    var said = api.with(Broken.presence()).health();

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.text("status")).isEqualTo("degraded");
    assertThat(said.text("delivery")).isEqualTo("poll");
  }

  @Test
  void health_is_unavailable_without_the_store() {
    var said = api.with(Broken.database()).health();

    assertThat(said.status()).isEqualTo(503);
    assertThat(said.text("store")).isEqualTo("down");
  }

  @Test
  void every_route_says_503_without_the_store() {
    api.with(Broken.database());
    var job = "j_" + "0".repeat(26) + "_1";

    api.job(job).isProblem(ProblemCode.STORE_UNAVAILABLE);
    api.cancel(job).isProblem(ProblemCode.STORE_UNAVAILABLE);
    api.conversations(Map.of()).isProblem(ProblemCode.STORE_UNAVAILABLE);
    api.messages("c_" + "0".repeat(26), Map.of()).isProblem(ProblemCode.STORE_UNAVAILABLE);
  }
}
