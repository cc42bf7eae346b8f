package dev.prosa.worker.llm;

import dev.prosa.core.runtime.AwsTarget;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;

/// A key in the Parameter Store of AWS Systems Manager.
final class SsmProviderKey implements ProviderKey {

  private final String path;
  private final SsmClient client;

  SsmProviderKey(String path, AwsTarget target) {
    this.path = path;
    this.client = target.configure(SsmClient.builder(), StoredKey.PATIENCE).build();
  }

  @Override
  public ApiKey read() throws KeyUnreadableException {
    try {
      var answer = client.getParameter(r -> r.name(path).withDecryption(true));
      return StoredKey.of(answer.parameter() == null ? null : answer.parameter().value());
    } catch (SdkException e) {
      throw StoredKey.unreadable(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
