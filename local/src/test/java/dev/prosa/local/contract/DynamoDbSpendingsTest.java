package dev.prosa.local.contract;

import dev.prosa.core.limit.Spendings;
import dev.prosa.core.turn.DynamoDbTable;
import org.junit.jupiter.api.AfterAll;

class DynamoDbSpendingsTest extends SpendingsContract {

  private static final DynamoDbTable TABLE = Servers.table();

  DynamoDbSpendingsTest() {
    super(Spendings.dynamoDb(TABLE));
  }

  @AfterAll
  static void closeTable() {
    TABLE.close();
  }
}
