package dev.prosa.core.limit;

import dev.prosa.core.turn.DynamoDbTable;

/// Keeps what was spent, where it is not forgotten. Thread-safe.
///
/// Every method throws [dev.prosa.core.turn.StoreUnavailableException] when the store does not
/// answer.
public interface Spendings {

  /// Spendings in DynamoDB.
  ///
  /// @param table stays the caller's, who closes it
  static Spendings dynamoDb(DynamoDbTable table) {
    return new DynamoDbSpendings(table);
  }

  /// Spendings in this process that are forgotten with it; for tests and simulations.
  static Spendings inMemory() {
    return new InMemorySpendings();
  }

  /// What was spent on a day.
  ///
  /// @param day counted from 1 January 1970 in UTC
  Amount find(Scope scope, long day);

  /// Notes that at least this was spent on a day. Less than is known changes nothing, so notes may
  /// come twice and in any order.
  ///
  /// @param day counted from 1 January 1970 in UTC
  void atLeast(Scope scope, long day, Amount spent);
}
