package dev.prosa.worker.llm;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One key as it was read last.
final class HeldProviderKey {

  /// A provider that refuses a good key must not make a worker ask for it with every call.
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(HeldProviderKey.class);

  private final String setting;
  private final ProviderKey source;
  private volatile ApiKey key;
  private long readNanos;

  /// @param setting names it in the log
  /// @param nanos the time of the reading
  HeldProviderKey(String setting, ProviderKey source, ApiKey key, long nanos) {
    this.setting = setting;
    this.source = source;
    this.key = key;
    this.readNanos = nanos;
  }

  ApiKey key() {
    return key;
  }

  /// Reads it again, unless somebody has just done so.
  synchronized void refresh(long nanos) {
    if (nanos - readNanos < PAUSE.toNanos()) {
      return;
    }
    readNanos = nanos;
    try {
      var now = source.read();
      if (!now.equals(key)) {
        key = now;
        LOG.info("{} has changed; the next calls use the new key", setting);
      }
    } catch (KeyUnreadableException e) {
      LOG.warn("{} cannot be read again ({}); the old key stays", setting, e.getMessage());
    }
  }

  void close() {
    source.close();
  }
}
