package dev.prosa.worker.llm;

/// A key that the settings said.
record PlainProviderKey(ApiKey read) implements ProviderKey {

  @Override
  public void close() {}
}
