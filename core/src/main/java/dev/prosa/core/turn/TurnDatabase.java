package dev.prosa.core.turn;

import java.time.InstantSource;

/// The three views of the table that is the truth. Thread-safe.
///
/// @param turns single turns and their changes
/// @param conversations the lists of an owner
/// @param open what the sweeper looks at
public record TurnDatabase(TurnStore turns, ConversationStore conversations, OpenTurns open) {

  /// The database in DynamoDB.
  ///
  /// @param table stays the caller's, who closes it
  public static TurnDatabase dynamoDb(DynamoDbTable table, InstantSource clock) {
    return new TurnDatabase(
        new DynamoDbTurnStore(table, clock),
        new DynamoDbConversationStore(table),
        new DynamoDbOpenTurns(table, clock));
  }

  /// A database in this process that forgets everything with it; for tests and simulations.
  public static TurnDatabase inMemory(InstantSource clock) {
    var turns = new InMemoryTurns(clock);
    return new TurnDatabase(turns, turns, turns);
  }
}
