package dev.prosa.worker.testing;

import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnStore;
import java.lang.reflect.Proxy;
import java.util.List;

/// Ports whose technology is away: every call throws what the port documents.
public final class Away {

  private Away() {}

  public static ContextCache contexts() {
    return always(ContextCache.class, new CacheUnavailableException("away", null));
  }

  public static ReplyChannel channel() {
    return always(ReplyChannel.class, new CacheUnavailableException("away", null));
  }

  /// A store in whose lists one turn is missing.
  public static TurnStore hiding(TurnStore whole, JobId missing) {
    return (TurnStore)
        Proxy.newProxyInstance(
            TurnStore.class.getClassLoader(),
            new Class<?>[] {TurnStore.class},
            (_, called, arguments) ->
                called.invoke(whole, arguments) instanceof List<?> turns
                    ? turns.stream().filter(turn -> !((Turn) turn).job().equals(missing)).toList()
                    : called.invoke(whole, arguments));
  }

  /// A port of which every call fails.
  public static <T> T always(Class<T> port, RuntimeException failure) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, _, _) -> {
              throw failure;
            }));
  }
}
