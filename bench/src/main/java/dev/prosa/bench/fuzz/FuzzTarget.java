package dev.prosa.bench.fuzz;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.gateway.Gateway;
import dev.prosa.gateway.GatewayPorts;
import dev.prosa.gateway.GatewaySettings;
import dev.prosa.gateway.WebSocketGatewayMain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A gateway with doubles in memory behind it, and a user whose reply is being written.
final class FuzzTarget implements AutoCloseable {

  /// The user whom nothing may happen to.
  static final String VICTIM = "ann";

  private static final OwnerId OWNER = new OwnerId(VICTIM);

  /// Stands in everything that only the victim may read.
  private final String secret = RandomId.create().value();

  private final Metrics metrics = Metrics.create();
  private final ReplyChannel replies = ReplyChannel.inMemory();
  private final TurnStore turns;
  private final Turn running;
  private final Turn waiting;
  private final Gateway gateway;

  FuzzTarget(InstantSource clock) {
    turns = TurnDatabase.inMemory(clock).turns();
    waiting = accepted();
    running = claimed(accepted());
    gateway =
        WebSocketGatewayMain.start(
            GatewaySettings.of(Settings.of(Map.of(Setting.WS_PORT.key(), "0"))),
            new GatewayPorts(
                turns,
                replies,
                ConnectionRegistry.inMemory(clock),
                TicketOffice.inMemory(clock),
                TokenVerifier.development(clock),
                metrics.gateway(),
                clock));
  }

  private Turn accepted() {
    var request =
        new NewTurn(OWNER, null, "Why " + secret + "?", null, Duration.ofHours(6), null, null);
    return ((AcceptOutcome.Accepted) turns.accept(request)).turn();
  }

  private Turn claimed(Turn turn) {
    var claim = new Claim("a worker", Duration.ofHours(6), 4);
    return ((ClaimOutcome.Claimed) turns.claim(turn.job(), claim)).turn();
  }

  int port() {
    return gateway.port();
  }

  boolean isUp() {
    return gateway.isUp();
  }

  /// Jobs to ask for: the victim's and one that does not exist.
  List<String> jobs() {
    return List.of(running.job().toString(), waiting.job().toString(), "j_0");
  }

  /// Sends the victim a piece of its reply.
  void publish() {
    replies.publish(OWNER, new ReplyEvent.ReplyDelta(running.job(), 1, 0, secret));
  }

  /// Whether somebody has read what only the victim may.
  boolean isBetrayedBy(Answer answer) {
    return answer.text().contains(secret);
  }

  /// Whether a job of the victim was stopped by somebody else.
  boolean wasMeddledWith() {
    return wasCancelled(running) || wasCancelled(waiting);
  }

  private boolean wasCancelled(Turn turn) {
    var now = Objects.requireNonNull(turns.find(turn.job()));
    return !now.state().isOpen() || now.cancelRequested();
  }

  /// What a metric shows now.
  double shows(String metric) {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
        .sum();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
