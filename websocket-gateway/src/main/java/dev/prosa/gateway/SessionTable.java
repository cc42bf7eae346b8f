package dev.prosa.gateway;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.identity.OwnerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is connected to this gateway. Thread-safe.
final class SessionTable {

  /// Tabs and devices of one user.
  static final int MAX_PER_USER = 20;

  /// 10,000 idle sockets are what one gateway of 2 cores shall hold; a fifth more for a peer that
  /// drains.
  static final int MAX_SESSIONS = 12_000;

  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger size = new AtomicInteger();
  private final ConcurrentHashMap<OwnerId, Set<Session>> byOwner = new ConcurrentHashMap<>();

  /// Takes in a session whose owner is not known yet.
  ///
  /// @return false when there are too many; it is taken in nevertheless, until it is removed
  boolean enter(Session session) {
    return sessions.add(session) && size.incrementAndGet() <= MAX_SESSIONS;
  }

  /// Notes whose session it is.
  ///
  /// @return false when the owner has too many; then nothing is noted
  boolean assign(OwnerId owner, Session session) {
    byOwner.compute(
        owner,
        (_, before) -> {
          var others = before == null ? Set.<Session>of() : before;
          return others.size() >= MAX_PER_USER ? others : with(others, session);
        });
    return of(owner).contains(session);
  }

  void remove(Session session) {
    if (sessions.remove(session)) {
      size.decrementAndGet();
    }
    var connection = session.connection();
    if (connection != null) {
      byOwner.computeIfPresent(connection.owner(), (_, before) -> without(before, session));
    }
  }

  /// The sessions of a user; empty when there is none.
  Collection<Session> of(OwnerId owner) {
    return byOwner.getOrDefault(owner, Set.of());
  }

  /// Every session there is now.
  List<Session> all() {
    return List.copyOf(sessions);
  }

  /// How many sessions have an owner that is known.
  int connected() {
    return (int) sessions.stream().filter(session -> session.connection() != null).count();
  }

  /// Every connection whose owner is known.
  List<Connection> connections() {
    var known = new ArrayList<Connection>();
    for (var session : sessions) {
      var connection = session.connection();
      if (connection != null) {
        known.add(connection);
      }
    }
    return known;
  }

  private static Set<Session> with(Set<Session> others, Session session) {
    return Set.copyOf(Stream.concat(others.stream(), Stream.of(session)).toList());
  }

  private static @Nullable Set<Session> without(Set<Session> before, Session session) {
    var others = Set.copyOf(before.stream().filter(other -> other != session).toList());
    return others.isEmpty() ? null : others;
  }
}
