package dev.prosa.local.embedded;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.immutable.List$;
import scala.util.Either;

/// ElasticMQ, put together from its parts.
///
/// Its own `ElasticMQServer` opens the port before the stored queues are back, so that a client's
/// CreateQueue could race with them, and does not tell which port it got.
final class ElasticMqServer implements EmbeddedServer {

  private static final Logger LOG = LoggerFactory.getLogger(ElasticMqServer.class);
  private static final String NAME = "ElasticMQ";
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "pekko.loglevel", "WARNING",
          "pekko.stdout-loglevel", "OFF",
          "pekko.log-dead-letters", "off",
          "pekko.daemonic", "on",
          "pekko.jvm-shutdown-hooks", "off",
          "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
          "pekko.actor.default-dispatcher.fork-join-executor.parallelism-max", 8);

  private final ActorSystem system;
  private final @Nullable ElasticMqStorage storage;
  private final URI uri;

  private ElasticMqServer(ActorSystem system, @Nullable ElasticMqStorage storage, int port) {
    this.system = system;
    this.storage = storage;
    this.uri = URI.create("http://%s:%d".formatted(LoopbackPort.HOST, port));
  }

  static ElasticMqServer inMemory(int port) {
    LoopbackPort.requireFree(NAME, port);
    return start(port, null);
  }

  static ElasticMqServer persistent(int port, Path folder) {
    LoopbackPort.requireFree(NAME, port);
    return start(port, ElasticMqStorage.open(NAME, folder));
  }

  private static ElasticMqServer start(int port, @Nullable ElasticMqStorage storage) {
    var system = ActorSystem.create("elasticmq", settings());
    try {
      var events = storage == null ? null : persistence(system, storage);
      var queues = queues(system, events);
      if (events != null) {
        restore(events, queues);
      }
      return new ElasticMqServer(system, storage, bind(system, queues, events, port));
    } catch (RuntimeException e) {
      stop(system, storage);
      throw e;
    }
  }

  private static Config settings() {
    return ConfigFactory.parseMap(SETTINGS).withFallback(ConfigFactory.load());
  }

  private static ActorRef persistence(ActorSystem system, ElasticMqStorage storage) {
    return system.actorOf(
        Props.create(
            SqlQueuePersistenceActor.class,
            () -> new SqlQueuePersistenceActor(storage.config(), List$.MODULE$.empty())));
  }

  private static ActorRef queues(ActorSystem system, @Nullable ActorRef events) {
    return system.actorOf(
        Props.create(
            QueueManagerActor.class,
            () ->
                new QueueManagerActor(
                    new NowProvider(), StrictSQSLimits$.MODULE$, Option.apply(events))));
  }

  private static void restore(ActorRef events, ActorRef queues) {
    var answer = Patterns.ask(events, new QueueEvent.Restore(queues), LIMIT);
    try {
      var restored = answer.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (restored instanceof Either<?, ?> either && either.isLeft()) {
        throw new EmbeddedServerException("ElasticMQ cannot restore its queues: " + either);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new EmbeddedServerException("ElasticMQ cannot restore its queues.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("ElasticMQ was interrupted while starting.", e);
    }
  }

  private static int bind(
      ActorSystem system, ActorRef queues, @Nullable ActorRef events, int port) {
    var server =
        SQSRestServerBuilder.withActorSystem(system)
            .withQueueManagerActor(queues)
            .withInterface(LoopbackPort.HOST)
            .withPort(port);
    var listening = events == null ? server : server.withQueueEventListener(events);
    try {
      return listening.start().waitUntilStarted().localAddress().getPort();
    } catch (RuntimeException e) {
      throw new EmbeddedServerException("ElasticMQ cannot listen on port %d.".formatted(port), e);
    }
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    stop(system, storage);
  }

  private static void stop(ActorSystem system, @Nullable ElasticMqStorage storage) {
    system.terminate();
    try {
      var terminated = system.getWhenTerminated().toCompletableFuture();
      terminated.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("ElasticMQ did not stop cleanly; its storage is closed anyway", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (storage != null) {
      storage.close();
    }
  }
}
