package dev.prosa.worker.llm;

import dev.prosa.core.runtime.AwsTarget;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// A key in AWS Secrets Manager: the whole text of the secret.
final class SecretsManagerProviderKey implements ProviderKey {

  private final String id;
  private final SecretsManagerClient client;

  SecretsManagerProviderKey(String id, AwsTarget target) {
    this.id = id;
    this.client = target.configure(SecretsManagerClient.builder(), StoredKey.PATIENCE).build();
  }

  @Override
  public ApiKey read() throws KeyUnreadableException {
    try {
      return StoredKey.of(client.getSecretValue(r -> r.secretId(id)).secretString());
    } catch (SdkException e) {
      throw StoredKey.unreadable(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
