package dev.prosa.local.contract;

import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class DynamoDbTurnDatabaseTest {

  private static final DynamoDbTable TABLE = Servers.table();
  private static final List<DynamoDbTable> MORE_TABLES = new ArrayList<>();

  @AfterAll
  static void closeTables() {
    TABLE.close();
    MORE_TABLES.forEach(DynamoDbTable::close);
  }

  private static TurnDatabase inTheSharedTable(InstantSource clock) {
    return TurnDatabase.dynamoDb(TABLE, clock);
  }

  private static TurnDatabase inATableOfItsOwn(InstantSource clock) {
    var own = Servers.table();
    MORE_TABLES.add(own);
    return TurnDatabase.dynamoDb(own, clock);
  }

  @Nested
  class Accept extends AcceptContract {
    Accept() {
      super(DynamoDbTurnDatabaseTest::inTheSharedTable);
    }
  }

  @Nested
  class Claim extends ClaimContract {
    Claim() {
      super(DynamoDbTurnDatabaseTest::inTheSharedTable);
    }
  }

  @Nested
  class Lease extends LeaseContract {
    Lease() {
      super(DynamoDbTurnDatabaseTest::inTheSharedTable);
    }
  }

  @Nested
  class Finish extends FinishContract {
    Finish() {
      super(DynamoDbTurnDatabaseTest::inTheSharedTable);
    }
  }

  @Nested
  class Reopen extends ReopenContract {
    Reopen() {
      super(DynamoDbTurnDatabaseTest::inTheSharedTable);
    }
  }

  @Nested
  class Read extends ReadContract {
    Read() {
      super(DynamoDbTurnDatabaseTest::inTheSharedTable);
    }
  }

  @Nested
  class Conversations extends ConversationStoreContract {
    Conversations() {
      super(DynamoDbTurnDatabaseTest::inTheSharedTable);
    }
  }

  @Nested
  class Open extends OpenTurnsContract {
    Open() {
      super(DynamoDbTurnDatabaseTest::inATableOfItsOwn);
    }
  }

  @Nested
  class Erase extends ErasuresContract {
    Erase() {
      super(DynamoDbTurnDatabaseTest::inATableOfItsOwn);
    }
  }

  @Nested
  class Scan extends ScanContract {
    Scan() {
      super(DynamoDbTurnDatabaseTest::inATableOfItsOwn);
    }
  }
}
