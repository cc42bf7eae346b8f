package dev.prosa.worker.llm;

import dev.prosa.core.provider.KeyOrigin;
import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.InvalidSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys in memory.
final class HeldProviderKeys implements ProviderKeys {

  /// How long a replaced key may still be used, when its provider does not refuse it.
  private static final Duration EVERY = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(HeldProviderKeys.class);

  private final Map<String, HeldProviderKey> keys;
  private final Clockwork clockwork;
  private final Clockwork.Bell bell;
  private volatile boolean closed;

  private HeldProviderKeys(Map<String, HeldProviderKey> keys, Clockwork clockwork) {
    this.keys = keys;
    this.clockwork = clockwork;
    this.bell = clockwork.bell();
  }

  static ProviderKeys open(List<ProviderConfig> providers, Stores stores, Clockwork clockwork) {
    var keys = new LinkedHashMap<String, HeldProviderKey>();
    var problems = new ArrayList<String>();
    for (var provider : providers) {
      var source = ProviderKey.open(origin(provider), stores);
      var key = first(provider, source, problems);
      var setting = provider.keySetting();
      keys.put(provider.name(), new HeldProviderKey(setting, source, key, clockwork.nanoTime()));
    }
    var held = new HeldProviderKeys(keys, clockwork);
    if (!problems.isEmpty()) {
      held.close();
      throw new InvalidSettingsException(problems);
    }
    if (providers.stream().anyMatch(p -> !(origin(p) instanceof KeyOrigin.Given))) {
      clockwork.start("provider-keys", held::refreshUntilClosed);
    }
    return held;
  }

  private static KeyOrigin origin(ProviderConfig provider) {
    var key = provider.key();
    var origin = key == null ? new KeyOrigin.Given(ApiKey.NONE.value()) : KeyOrigin.parse(key);
    if (origin == null) {
      throw new IllegalArgumentException(provider.keySetting() + " is no key and no reference");
    }
    return origin;
  }

  private static ApiKey first(ProviderConfig provider, ProviderKey source, List<String> problems) {
    try {
      return source.read();
    } catch (KeyUnreadableException e) {
      problems.add(
          "%s=%s cannot be read: %s"
              .formatted(provider.keySetting(), provider.key(), e.getMessage()));
      return ApiKey.NONE;
    }
  }

  private void refreshUntilClosed() {
    try {
      while (!closed) {
        bell.await(EVERY.toNanos());
        if (!closed) {
          refreshAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refreshAll() {
    try {
      keys.values().forEach(key -> key.refresh(clockwork.nanoTime()));
    } catch (RuntimeException e) {
      LOG.warn("refreshing the keys broke off; going on in {} s", EVERY.toSeconds(), e);
    }
  }

  @Override
  public ApiKey of(String provider) {
    return held(provider).key();
  }

  @Override
  public boolean refresh(String provider, ApiKey refused) {
    var key = held(provider);
    if (key.key().equals(refused) && !closed) {
      key.refresh(clockwork.nanoTime());
    }
    return !key.key().equals(refused);
  }

  private HeldProviderKey held(String provider) {
    @Nullable HeldProviderKey key = keys.get(provider);
    if (key == null) {
      throw new IllegalArgumentException("no provider is called " + provider);
    }
    return key;
  }

  @Override
  public void close() {
    closed = true;
    bell.ring();
    keys.values().forEach(HeldProviderKey::close);
  }
}
