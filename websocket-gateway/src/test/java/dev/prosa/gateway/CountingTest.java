package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.JobId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountingTest {

  private static final OwnerId LOCAL = RunningGateway.LOCAL;

  private final RunningGateway gateway = new RunningGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void counts_clients_while_they_are_here() {
    var client = gateway.connect().ready();
    assertThat(gateway.shows("prosa_ws_connections")).isEqualTo(1);

    client.close();

    await().until(() -> gateway.shows("prosa_ws_connections") == 0);
    await().until(() -> gateway.shows(closed(1006)) == 1);
  }

  @Test
  void counts_frames_and_bytes_and_shows_that_nothing_waits() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake().sendHex("818f" + "00000000").send("{\"type\":\"ping\"}");

      assertThat(client.readText(2)).last().isEqualTo("{\"type\":\"pong\"}");

      // a frame is counted before it is written, its bytes after that: when a client has read them
      await().until(() -> gateway.shows("prosa_ws_frames_sent_total") == 2);
      await().until(() -> gateway.shows("prosa_ws_bytes_sent_total") == client.bytesRead());
      await().until(() -> gateway.shows("prosa_ws_queued_bytes") == 0);
    }
  }

  @Test
  void shows_what_waits_for_a_slow_reader_and_counts_its_end() {
    var stuck = gateway.connectWithoutReading();

    var mostQueued = flood();

    assertThat(mostQueued).isGreaterThanOrEqualTo(WebSocketPeer.MAX_BACKLOG_BYTES);
    await().until(() -> gateway.shows("prosa_ws_connections") == 0);
    stuck.read();
    assertThat(stuck.closeCode()).isEqualTo(4008);
    await().until(() -> gateway.shows(closed(4008)) == 1);
    await().until(() -> gateway.shows("prosa_ws_queued_bytes") == 0);
  }

  @Test
  void counts_a_slow_reader_as_one_that_was_cut() {
    var stuck = gateway.connectWithoutReading();
    var _ = flood();
    await().until(() -> gateway.shows("prosa_ws_connections") == 0);

    gateway.time.pass(Duration.ofSeconds(6));

    await().until(() -> gateway.shows(closed(4008)) == 1);
    assertThat(gateway.shows(refused("timeout"))).isZero();
    stuck.close();
  }

  @Test
  void counts_pages_of_another_origin() {
    var headers = Map.of("Origin", "http://evil.example");

    assertThatThrownBy(() -> TestClient.connect(gateway.port(), headers)).isNotNull();

    assertThat(gateway.shows(refused("origin"))).isEqualTo(1);
    assertThat(gateway.shows(refused("malformed"))).isZero();
  }

  @Test
  void counts_tickets_that_prove_nothing() {
    var headers = Map.of("Origin", RunningGateway.ORIGIN);

    var client = TestClient.connect(gateway.port(), headers, "prosa.v1", "ticket.none");

    assertThat(client.closeCode()).isEqualTo(4500);
    assertThat(gateway.shows(refused("credentials"))).isEqualTo(1);
    await().until(() -> gateway.shows(closed(4500)) == 1);
  }

  @Test
  void counts_connections_of_a_user_who_has_enough() {
    var clients = IntStream.range(0, 6).mapToObj(_ -> gateway.connect().ready()).toList();

    assertThat(clients.getFirst().closeCode()).isEqualTo(4529);

    assertThat(gateway.shows(refused("too_many_per_user"))).isEqualTo(1);
    await().until(() -> gateway.shows("prosa_ws_connections") == 5);
  }

  @Test
  void counts_handshakes_that_take_too_long() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.send("GET / HTTP/1.1\r\nHost: ");
      gateway.connect().ready(); // accepted in order, so the first one is

      gateway.time.pass(Duration.ofSeconds(6));

      assertThat(client.readAll()).isEmpty();
      assertThat(gateway.shows(refused("timeout"))).isEqualTo(1);
    }
  }

  @Test
  void counts_handshakes_that_are_too_long_or_none() throws IOException {
    try (var talkative = new RawClient(gateway.port());
        var lost = new RawClient(gateway.port())) {
      talkative.send("GET / HTTP/1.1\r\nCookie: " + "x".repeat(9000));
      lost.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(talkative.isCutOff()).isTrue();
      assertThat(lost.readAll()).isNotEmpty();
      assertThat(gateway.shows(refused("too_long"))).isEqualTo(1);
      await().until(() -> gateway.shows(refused("malformed")) == 1);
    }
  }

  @Test
  void counts_one_code_for_all_that_clients_make_up() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake().sendHex("888200000000" + "0fa8"); // closes with 4008, as only we do

      assertThat(client.readAll()).isNotEmpty();
    }

    await().until(() -> gateway.shows("prosa_ws_closed_total{code=\"other\"}") == 1);
    assertThat(gateway.shows(closed(4008))).isZero();
  }

  @Test
  void counts_what_came_of_each_job_to_resume() {
    var accepted = gateway.accepted(LOCAL).job();
    var running = gateway.claimed(gateway.accepted(LOCAL)).job();
    var other = gateway.claimed(gateway.accepted(LOCAL)).job();
    var client = gateway.connect().ready();

    client.send(
        "{\"type\":\"resume\",\"jobs\":[%s,%s,%s,%s]}"
            .formatted(job(accepted, 0), job(running, 0), job(other, 1), job(running.next(), 0)));
    client.next("reply.started");
    client.next("error");

    client.expectNothingBeforePong();
    assertThat(gateway.shows("prosa_ws_resumes_total")).isEqualTo(1);
    assertThat(gateway.shows(resumed("up_to_date"))).isEqualTo(1);
    assertThat(gateway.shows(resumed("sent"))).isEqualTo(1);
    assertThat(gateway.shows(resumed("text_lost"))).isEqualTo(1);
    assertThat(gateway.shows(resumed("not_found"))).isEqualTo(1);
  }

  @Test
  void counts_messages_that_are_too_many() {
    var client = gateway.connect().ready();

    IntStream.range(0, MessageRate.MESSAGES).forEach(_ -> client.expectNothingBeforePong());
    client.send("{\"type\":\"ping\"}");

    assertThat(client.closeCode()).isEqualTo(4429);
    assertThat(gateway.shows("prosa_ws_rate_limited_total")).isEqualTo(1);
  }

  @Test
  void counts_whom_it_asked_to_reconnect() {
    gateway.connect().ready();
    gateway.connectAs("ann").ready();

    gateway.close();

    assertThat(gateway.shows("prosa_ws_reconnects_asked_total")).isEqualTo(2);
    assertThat(gateway.shows("prosa_ws_connections")).isZero();
  }

  /// Returns the most that was seen to wait; nothing is queued after the last look.
  private double flood() {
    var job = gateway.accepted(LOCAL).job();
    var text = "x".repeat(32_000);
    var most = 0.0;
    for (int i = 0; i < 1000 && gateway.registry.isConnected(LOCAL); i++) {
      gateway.replies.publish(LOCAL, new ReplyEvent.ReplyDelta(job, 1, i * text.length(), text));
      most = Math.max(most, gateway.shows("prosa_ws_queued_bytes"));
    }
    return most;
  }

  private static String job(JobId job, int attempt) {
    return "{\"jobId\":\"%s\",\"attempt\":%d,\"length\":0}".formatted(job, attempt);
  }

  private static String closed(int code) {
    return "prosa_ws_closed_total{code=\"%d\"}".formatted(code);
  }

  private static String refused(String reason) {
    return "prosa_ws_refused_total{reason=\"%s\"}".formatted(reason);
  }

  private static String resumed(String outcome) {
    return "prosa_ws_resumed_jobs_total{outcome=\"%s\"}".formatted(outcome);
  }
}
