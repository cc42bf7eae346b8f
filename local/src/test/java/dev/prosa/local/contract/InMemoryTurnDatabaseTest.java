package dev.prosa.local.contract;

import dev.prosa.core.turn.TurnDatabase;
import org.junit.jupiter.api.Nested;

class InMemoryTurnDatabaseTest {

  @Nested
  class Accept extends AcceptContract {
    Accept() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Claim extends ClaimContract {
    Claim() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Lease extends LeaseContract {
    Lease() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Finish extends FinishContract {
    Finish() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Reopen extends ReopenContract {
    Reopen() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Read extends ReadContract {
    Read() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Conversations extends ConversationStoreContract {
    Conversations() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Open extends OpenTurnsContract {
    Open() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Erase extends ErasuresContract {
    Erase() {
      super(TurnDatabase::inMemory);
    }
  }

  @Nested
  class Scan extends ScanContract {
    Scan() {
      super(TurnDatabase::inMemory);
    }
  }
}
