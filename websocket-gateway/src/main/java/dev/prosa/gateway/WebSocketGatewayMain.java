package dev.prosa.gateway;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.ProcessConsole;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.runtime.StatusPort;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateway in a process of its own, and the way to start one inside another process.
public final class WebSocketGatewayMain {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketGatewayMain.class);

  private static final Duration STOP = Duration.ofSeconds(1);
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /// One may wait for Redis while the other looks after the sockets.
  private static final int TIMERS = 2;

  private static final ThreadFactory TIMER =
      Thread.ofPlatform().daemon().name("gateway-timer").factory();

  /// Handshakes that wait for the server's thread while many clients come back at once.
  private static final int BACKLOG = 1024;

  private WebSocketGatewayMain() {}

  /// Starts a gateway from the environment; it runs until the process is asked to end.
  public static void main(String[] args) {
    new ProcessConsole("gateway").run(WebSocketGatewayMain::open);
  }

  private static void open(Settings environment, Lifecycle parts) {
    var settings = GatewaySettings.of(environment);
    var clock = InstantSource.system();
    var redis = parts.own("Redis", RedisPool.open(settings.redis()));
    var table = parts.own("table", DynamoDbTable.open(settings.dynamoDb(), settings.table()));
    var metrics = Metrics.create();
    var database = TurnDatabase.dynamoDb(table, clock);
    var gateway = parts.own("gateway", start(settings, database, redis, metrics.gateway(), clock));
    StatusPort.openIfSet(environment, parts, metrics::text, gateway::isUp);
  }

  /// Starts a gateway on what a process has opened already; that stays the caller's, who closes it
  /// after the gateway.
  ///
  /// @throws IllegalStateException when the port is not free
  public static Gateway start(
      GatewaySettings settings,
      TurnDatabase database,
      RedisPool redis,
      GatewayMetrics metrics,
      InstantSource clock) {
    return start(
        settings,
        new GatewayPorts(
            database.turns(),
            ReplyChannel.redis(redis, clock),
            ConnectionRegistry.redis(redis, clock),
            TicketOffice.redis(redis),
            TokenVerifier.of(settings.identity(), clock),
            metrics,
            clock));
  }

  /// Starts a gateway on other ports than Redis and DynamoDB, such as those in memory.
  ///
  /// @throws IllegalStateException when the port is not free
  public static Gateway start(GatewaySettings settings, GatewayPorts ports) {
    var parts = Lifecycle.create();
    try {
      return open(settings, ports, parts);
    } catch (InterruptedException e) {
      parts.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the gateway starts", e);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /// Opens everything in an order whose reverse is the order to close in.
  private static Gateway open(GatewaySettings settings, GatewayPorts ports, Lifecycle parts)
      throws InterruptedException {
    var threads = threads(parts);
    var id = GatewayId.create();
    var limits = settings.limits();
    var reception = Reception.of(ports, id, limits.perUser(), threads);
    parts.own("subscription", ports.replies().subscribe(id, listener(reception, ports)));
    var metrics = ports.metrics();
    var sockets =
        new WebSocketSockets(
            ports.clock(),
            WebSocketSockets.limitOfThisProcess(),
            new AddressCap(limits.perAddress(), limits.proxies()),
            metrics);
    metrics.watch(reception::connected, sockets::queuedBytes);
    var listener = parts.own("listener", listen(settings));
    var origins = new AllowedOrigins(settings.allowedOrigins());
    var probe = new WebSocketProbe();
    var acceptor = new WebSocketAcceptor(listener, origins, reception, sockets, probe, metrics);
    parts.own("acceptor", () -> acceptor.stop((int) STOP.toMillis()));
    acceptor.serve();
    var timer = Executors.newScheduledThreadPool(TIMERS, TIMER);
    parts.own("timer", timer::shutdownNow);
    every(1000, timer, reception::repeat);
    every(1000, timer, sockets::reap);
    every(1000, timer, sockets::beat);
    every(WebSocketSockets.REMIND_MILLIS, timer, sockets::remindOfWaiting);
    parts.own("clients", () -> reception.drain(DRAIN));
    parts.own("listener", listener); // again: nobody new comes while clients are seen off
    LOG.info("{} listens on {} port {}", id, settings.host(), acceptor.getPort());
    var address = new InetSocketAddress(settings.host(), acceptor.getPort());
    return new WebSocketGateway(address, probe, parts);
  }

  private static ReplyChannel.Listener listener(Reception reception, GatewayPorts ports) {
    return (owner, frame, sentAt) -> {
      reception.deliver(owner, frame);
      if (sentAt != null) {
        ports.metrics().delivered(Duration.between(sentAt, ports.clock().instant()));
      }
    };
  }

  private static ExecutorService threads(Lifecycle parts) {
    var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("client").factory());
    parts.own(
        "threads",
        () -> {
          threads.shutdown();
          if (!threads.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
          }
        });
    return threads;
  }

  /// Bound here and not by the library, which reports a failure to its log only.
  private static ServerSocketChannel listen(GatewaySettings settings) {
    try {
      var listener = ServerSocketChannel.open();
      try {
        return listener
            .setOption(StandardSocketOptions.SO_REUSEADDR, true)
            .bind(new InetSocketAddress(settings.host(), settings.port()), BACKLOG);
      } catch (IOException e) {
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "port %d of %s is not free; end what listens there, or choose another with %s"
              .formatted(settings.port(), settings.host(), Setting.WS_PORT.key()),
          e);
    }
  }

  private static void every(int millis, ScheduledExecutorService timer, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("a periodic task failed; again in {} ms", millis, e);
          }
        };
    var _ = timer.scheduleWithFixedDelay(guarded, millis, millis, TimeUnit.MILLISECONDS);
  }
}
