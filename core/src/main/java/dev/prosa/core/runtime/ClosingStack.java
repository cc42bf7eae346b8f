package dev.prosa.core.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A stack under one lock.
final class ClosingStack implements Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

  private final Deque<Owned> stack = new ArrayDeque<>();
  private boolean closed;

  private record Owned(String name, AutoCloseable resource) {}

  @Override
  public <T extends AutoCloseable> T own(String name, T resource) {
    synchronized (stack) {
      if (!closed) {
        stack.push(new Owned(name, resource));
        return resource;
      }
    }
    close(new Owned(name, resource));
    throw new IllegalStateException("already closed, so " + name + " was closed at once");
  }

  @Override
  public void close() {
    synchronized (stack) {
      closed = true;
    }
    for (var owned = next(); owned != null; owned = next()) {
      close(owned);
    }
  }

  private @Nullable Owned next() {
    synchronized (stack) {
      return stack.poll();
    }
  }

  private static void close(Owned owned) {
    try {
      owned.resource().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("{} did not close cleanly; going on with the rest", owned.name(), e);
    }
  }
}
