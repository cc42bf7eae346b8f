package dev.prosa.worker.llm;

import dev.prosa.core.log.LogKey;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.Clockwork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts from a thread of its own; whoever makes a call never waits for the board.
final class BoardPoster implements ProviderNews {

  private static final Logger LOG = LoggerFactory.getLogger(BoardPoster.class);

  /// A third of what the board remembers, so that two posts may be lost.
  private static final Duration EVERY = ProviderBoard.LIFE.dividedBy(3);

  private final ProviderChain chain;
  private final ProviderBoard board;
  private final String worker;
  private final Clockwork clockwork;
  private final Clockwork.Bell bell;
  private volatile boolean closed;

  BoardPoster(ProviderChain chain, ProviderBoard board, String worker, Clockwork clockwork) {
    this.chain = chain;
    this.board = board;
    this.worker = worker;
    this.clockwork = clockwork;
    this.bell = clockwork.bell();
  }

  void start() {
    chain.onChange(this::changed);
    clockwork.start("provider-news", this::post);
  }

  private void changed(ProviderStatus.State before, ProviderStatus now) {
    var event = now.retryAt() == null ? LOG.atInfo() : LOG.atWarn();
    event
        .addKeyValue(LogKey.PROVIDER.key(), now.provider())
        .addKeyValue(LogKey.MODEL.key(), now.model())
        .addKeyValue(LogKey.FROM.key(), before.word())
        .addKeyValue(LogKey.TO.key(), now.state().word())
        .log(
            "{} ({}) went from {} to {}{}",
            now.provider(),
            now.model(),
            before.word(),
            now.state().word(),
            now.retryAt() == null ? "" : "; it is asked again at " + now.retryAt());
    bell.ring();
  }

  private void post() {
    try {
      while (!closed) {
        postOnce();
        bell.await(EVERY.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void postOnce() {
    try {
      board.post(worker, chain.statuses());
    } catch (CacheUnavailableException e) {
      LOG.debug("{}; the providers' state is posted again in {} s", e, EVERY.toSeconds());
    }
  }

  @Override
  public void close() {
    closed = true;
    bell.ring();
  }
}
