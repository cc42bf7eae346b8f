package dev.prosa.core.turn;

import java.time.InstantSource;

/// The four views of the table that is the truth. Thread-safe.
///
/// @param turns single turns and their changes
/// @param conversations the lists of an owner
/// @param open what the sweeper looks at
/// @param erasures what is on its way out
public record TurnDatabase(
    TurnStore turns, ConversationStore conversations, OpenTurns open, Erasures erasures) {

  /// The database in DynamoDB.
  ///
  /// @param table stays the caller's, who closes it
  public static TurnDatabase dynamoDb(DynamoDbTable table, InstantSource clock) {
    var turns = new DynamoDbTurnStore(table, clock);
    return new TurnDatabase(
        turns,
        new DynamoDbConversationStore(table),
        new DynamoDbOpenTurns(table, clock),
        new DynamoDbErasures(table, turns, clock));
  }

  /// A database in this process that forgets everything with it; for tests and simulations.
  public static TurnDatabase inMemory(InstantSource clock) {
    var turns = new InMemoryTurns(clock);
    return new TurnDatabase(turns, turns, turns, turns);
  }
}
