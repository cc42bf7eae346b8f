package dev.prosa.worker.testing;

import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ContextCache;
import java.lang.reflect.Proxy;

/// Ports whose technology is away: every call throws what the port documents.
public final class Away {

  private Away() {}

  public static ContextCache contexts() {
    return always(ContextCache.class, new CacheUnavailableException("away", null));
  }

  public static ReplyChannel channel() {
    return always(ReplyChannel.class, new CacheUnavailableException("away", null));
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
