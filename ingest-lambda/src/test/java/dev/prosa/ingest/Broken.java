package dev.prosa.ingest;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ConversationStore;
import dev.prosa.core.turn.Erasures;
import dev.prosa.core.turn.OpenTurns;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.core.usage.CallLedger;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Ports whose technology is away: every call throws what the port documents.
final class Broken {

  /// Stands in the message of every exception; no client may ever see it.
  static final String SECRET = "secret-host-10.0.0.7";

  private Broken() {}

  static TurnDatabase database() {
    return new TurnDatabase(
        always(TurnStore.class, new StoreUnavailableException(SECRET, null)),
        always(ConversationStore.class, new StoreUnavailableException(SECRET, null)),
        always(OpenTurns.class, new StoreUnavailableException(SECRET, null)),
        always(Erasures.class, new StoreUnavailableException(SECRET, null)));
  }

  static TurnDatabase defectiveDatabase() {
    return new TurnDatabase(
        always(TurnStore.class, new IllegalStateException(SECRET)),
        always(ConversationStore.class, new IllegalStateException(SECRET)),
        always(OpenTurns.class, new IllegalStateException(SECRET)),
        always(Erasures.class, new IllegalStateException(SECRET)));
  }

  static CallLedger calls() {
    return always(CallLedger.class, new StoreUnavailableException(SECRET, null));
  }

  static JobQueue queue() {
    return always(
        JobQueue.class, new QueueUnavailableException(SECRET, new IllegalStateException(SECRET)));
  }

  static Ingest.Presence presence() {
    var away = new CacheUnavailableException(SECRET, null);
    return new Ingest.Presence(
        always(ConnectionRegistry.class, away),
        always(TicketOffice.class, away),
        always(ReplyChannel.class, away));
  }

  /// A store that is away when `method` is called for the first time.
  static <T> T firstTime(Class<T> port, String method, T whole) {
    var back = new AtomicBoolean();
    return around(
        port,
        whole,
        called -> {
          if (called.equals(method) && back.compareAndSet(false, true)) {
            throw new StoreUnavailableException(SECRET, null);
          }
        });
  }

  /// A store that does what is asked and whose answer is lost, for as many calls of `method`.
  static <T> T losingAnswers(Class<T> port, String method, int times, T whole) {
    var left = new AtomicInteger(times);
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, called, arguments) -> {
              var answer = called.invoke(whole, arguments);
              if (called.getName().equals(method) && left.getAndDecrement() > 0) {
                throw new StoreUnavailableException(SECRET, null);
              }
              return answer;
            }));
  }

  /// A port that does everything twice, as if another one had asked for the same a moment before.
  static <T> T twice(Class<T> port, String method, T whole) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, called, arguments) -> {
              if (called.getName().equals(method)) {
                called.invoke(whole, arguments);
              }
              return called.invoke(whole, arguments);
            }));
  }

  /// A store that is away, and says so before anything is written.
  static <T> T away(Class<T> port) {
    return always(port, new StoreUnavailableException(SECRET, null).beforeWriting());
  }

  /// A port before whose every call something happens.
  static <T> T before(Class<T> port, T whole, Runnable event) {
    return around(port, whole, _ -> event.run());
  }

  private static <T> T around(Class<T> port, T whole, Consumer<String> before) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, called, arguments) -> {
              before.accept(called.getName());
              return called.invoke(whole, arguments);
            }));
  }

  private static <T> T always(Class<T> port, RuntimeException failure) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, _, _) -> {
              throw failure;
            }));
  }
}
