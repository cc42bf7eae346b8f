package dev.prosa.bench.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.gateway.Gateway;
import dev.prosa.gateway.GatewayPorts;
import dev.prosa.gateway.GatewaySettings;
import dev.prosa.gateway.WebSocketGatewayMain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadTest {

  private static final int SOCKETS = 50;
  private static final List<OwnerId> USERS = Crowd.users("user", SOCKETS / 2);

  private final ReplyChannel replies = ReplyChannel.inMemory();
  private final List<JobStream> streams =
      USERS.stream().map(user -> new JobStream(replies, user, 100)).toList();
  private final LoadClient client = LoadClient.start();
  private final Gateway gateway = gateway();
  private Crowd crowd;

  private Gateway gateway() {
    var clock = InstantSource.system();
    return WebSocketGatewayMain.start(
        GatewaySettings.of(Settings.of(Map.of(Setting.WS_PORT.key(), "0"))),
        new GatewayPorts(
            TurnDatabase.inMemory(clock).turns(),
            replies,
            ConnectionRegistry.inMemory(clock),
            TicketOffice.inMemory(clock),
            TokenVerifier.development(clock),
            GatewayMetrics.unread(),
            clock));
  }

  @BeforeEach
  void connect() throws InterruptedException {
    crowd =
        Crowd.connect(client, Contender.PROSA, gateway.port(), new Crowd.Seats(USERS, SOCKETS, 0));
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  @Test
  void measures_how_late_each_delta_is() throws InterruptedException {
    var late = new Latencies();
    crowd.ears().measure(late);

    Publisher.publish(streams, 4, 1_000);

    assertThat(crowd.awaitAll(streams, Duration.ofSeconds(10))).isZero();
    assertThat(crowd.ears().heard()).isEqualTo(4 * SOCKETS);
    assertThat(late.count()).isEqualTo(4 * SOCKETS);
    assertThat(late.percentile(50)).isBetween(Duration.ofNanos(1), Duration.ofSeconds(10));
  }

  @Test
  void notices_a_delta_that_was_lost() {
    var job = new JobId(ConversationId.create(), 1);
    var second = new ReplyEvent.ReplyDelta(job, 1, 0, new Mark(1, 0).text(100));

    replies.publish(USERS.getFirst(), second);

    await().atMost(10, SECONDS).untilAsserted(() -> assertThat(crowd.ears().heard()).isEqualTo(2));
    assertThat(crowd.ears().missing(streams)).isEqualTo(2);
  }

  @Test
  void notices_a_delta_that_has_not_come() throws InterruptedException {
    gateway.close();

    Publisher.publish(streams.subList(0, 1), 3, 1_000);

    assertThat(crowd.awaitAll(streams, Duration.ofMillis(100))).isEqualTo(6);
  }

  @Test
  void notices_a_socket_that_was_dropped() {
    gateway.close();

    await()
        .atMost(10, SECONDS)
        .untilAsserted(() -> assertThat(crowd.ears().dropped()).isEqualTo(SOCKETS));
  }
}
