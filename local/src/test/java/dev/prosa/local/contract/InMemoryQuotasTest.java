package dev.prosa.local.contract;

import dev.prosa.core.limit.Quotas;
import java.time.Duration;

class InMemoryQuotasTest extends QuotasContract {

  private final Quotas quotas = Quotas.inMemory(time);

  @Override
  Quotas quotas() {
    return quotas;
  }

  @Override
  void pass(Duration duration) {
    time.pass(duration);
  }
}
