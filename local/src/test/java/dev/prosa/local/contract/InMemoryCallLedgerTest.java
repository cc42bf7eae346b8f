package dev.prosa.local.contract;

import dev.prosa.core.usage.CallLedger;

class InMemoryCallLedgerTest extends CallLedgerContract {

  InMemoryCallLedgerTest() {
    super(CallLedger.inMemory());
  }
}
