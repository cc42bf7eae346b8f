package dev.prosa.local.contract;

import dev.prosa.core.limit.Spendings;

class InMemorySpendingsTest extends SpendingsContract {

  InMemorySpendingsTest() {
    super(Spendings.inMemory());
  }
}
