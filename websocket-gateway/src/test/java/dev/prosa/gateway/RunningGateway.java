package dev.prosa.gateway;

import static org.awaitility.Awaitility.await;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import java.time.Duration;
import java.util.Map;

/// A gateway on a free port, with doubles in memory behind it.
final class RunningGateway implements AutoCloseable {

  static final OwnerId LOCAL = new OwnerId("local");
  static final String ORIGIN = "http://localhost:8080";

  final ManualTime time = new ManualTime();
  final TurnStore turns = TurnDatabase.inMemory(time).turns();
  final ReplyChannel replies = ReplyChannel.inMemory();
  final ConnectionRegistry registry = ConnectionRegistry.inMemory(time);
  final TicketOffice tickets = TicketOffice.inMemory(time);
  final Metrics metrics = Metrics.create();
  final Gateway gateway;

  RunningGateway() {
    this(Map.of());
  }

  /// @param more settings beside the port
  RunningGateway(Map<Setting, String> more) {
    var settings = Settings.of(Map.of(Setting.WS_PORT.key(), "0"));
    for (var setting : more.entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    gateway = WebSocketGatewayMain.start(GatewaySettings.of(settings), ports());
  }

  GatewayPorts ports() {
    return new GatewayPorts(
        turns,
        replies,
        registry,
        tickets,
        TokenVerifier.development(time),
        metrics.gateway(),
        time);
  }

  int port() {
    return gateway.port();
  }

  /// A client without a browser, who is the user `local`.
  TestClient connect() {
    return TestClient.connect(port(), Map.of());
  }

  /// A client without a browser, who is `name`.
  TestClient connectAs(String name) {
    return TestClient.connect(port(), Map.of("Authorization", "Bearer dev-" + name));
  }

  /// A client without a browser, who is the user `local`, has been greeted, and reads nothing until
  /// it is told to. From now on it gets what is published.
  TestClient connectWithoutReading() {
    var before = shows("prosa_ws_frames_sent_total");
    var client = TestClient.connectWithoutReading(port());
    await().until(() -> shows("prosa_ws_frames_sent_total") > before);
    return client;
  }

  /// What a metric shows now; its labels belong to its name.
  double shows(String metric) {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  Turn accepted(OwnerId owner) {
    var request = new NewTurn(owner, null, "Why?", null, Duration.ofMinutes(10), null, null);
    return ((AcceptOutcome.Accepted) turns.accept(request)).turn();
  }

  Turn claimed(Turn turn) {
    var claim = new Claim("a worker", Duration.ofSeconds(30), 4);
    return ((ClaimOutcome.Claimed) turns.claim(turn.job(), claim)).turn();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
