package dev.prosa.worker.llm;

import dev.prosa.core.provider.KeyOrigin;

/// Where one key is read. Thread-safe.
sealed interface ProviderKey extends AutoCloseable
    permits PlainProviderKey, SsmProviderKey, SecretsManagerProviderKey {

  static ProviderKey open(KeyOrigin origin, ProviderKeys.Stores stores) {
    return switch (origin) {
      case KeyOrigin.Given(var key) -> new PlainProviderKey(new ApiKey(key));
      case KeyOrigin.Parameter(var path) -> new SsmProviderKey(path, stores.ssm());
      case KeyOrigin.Secret(var id) -> new SecretsManagerProviderKey(id, stores.secretsManager());
    };
  }

  /// Reads what is there now.
  ///
  /// @throws KeyUnreadableException saying why it cannot be read, never what was read
  ApiKey read() throws KeyUnreadableException;

  @Override
  void close();
}
