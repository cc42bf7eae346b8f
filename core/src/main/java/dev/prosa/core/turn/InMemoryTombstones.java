package dev.prosa.core.turn;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is on its way out of [InMemoryTurns], whose lock guards it.
final class InMemoryTombstones {

  private static final int MAX_TURNS = 25;

  private final InstantSource clock;
  private final Map<ConversationId, Tombstone> tombstones = new LinkedHashMap<>();

  private record Tombstone(Instant erasedAt, List<Turn> turns, Instant wakeAt) {

    Tombstone until(Instant look) {
      return new Tombstone(erasedAt, turns, look);
    }
  }

  InMemoryTombstones(InstantSource clock) {
    this.clock = clock;
  }

  /// @param turns newest first
  void put(ConversationId conversation, List<Turn> turns) {
    var now = clock.instant();
    tombstones.put(
        conversation, new Tombstone(now, new ArrayList<>(turns), now.plus(Erasures.FIRST_LOOK)));
  }

  List<Turn> removeTurns(ConversationId conversation) {
    var tombstone = tombstones.get(conversation);
    if (tombstone == null) {
      return List.of();
    }
    var newest = tombstone.turns().subList(0, Math.min(MAX_TURNS, tombstone.turns().size()));
    var removed = List.copyOf(newest);
    newest.clear();
    return removed;
  }

  List<ConversationId> overdue(int limit) {
    return tombstones.keySet().stream().filter(this::isOverdue).limit(limit).toList();
  }

  boolean postpone(ConversationId conversation, Instant until) {
    if (!isOverdue(conversation)) {
      return false;
    }
    tombstones.computeIfPresent(conversation, (_, tombstone) -> tombstone.until(until));
    return true;
  }

  private boolean isOverdue(ConversationId conversation) {
    var tombstone = tombstones.get(conversation);
    return tombstone != null && tombstone.wakeAt().isBefore(clock.instant());
  }

  void settle(ConversationId conversation) {
    tombstones.computeIfPresent(
        conversation,
        (_, tombstone) -> {
          var last = tombstone.erasedAt().plus(Erasures.LAST_LOOK);
          return clock.instant().isAfter(last) ? null : tombstone.until(last);
        });
  }
}
