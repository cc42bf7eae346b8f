package dev.prosa.gateway;

import dev.prosa.core.identity.OwnerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is connected to this gateway. Thread-safe.
final class SessionTable {

  /// 10,000 idle sockets are what one gateway of 2 cores shall hold; a fifth more for a peer that
  /// drains.
  static final int MAX_SESSIONS = 12_000;

  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger size = new AtomicInteger();
  private final ConcurrentHashMap<OwnerId, List<Session>> byOwner = new ConcurrentHashMap<>();
  private final int maxPerUser;

  /// @param maxPerUser tabs and devices of one user, 1 or more
  SessionTable(int maxPerUser) {
    this.maxPerUser = maxPerUser;
  }

  /// Takes in a session whose owner is not known yet.
  ///
  /// @return false when there are too many; it is taken in nevertheless, until it is removed
  boolean enter(Session session) {
    return sessions.add(session) && size.incrementAndGet() <= MAX_SESSIONS;
  }

  /// Notes whose session it is. When its owner has too many, the oldest give way, because they may
  /// be the ones that a flaky network has left behind.
  ///
  /// @return those that give way: no longer their owner's, still to be closed
  List<Session> assign(OwnerId owner, Session session) {
    var giveWay = new ArrayList<Session>();
    byOwner.compute(
        owner,
        (_, before) -> {
          var inOrder = with(before == null ? List.of() : before, session);
          var excess = Math.max(0, inOrder.size() - maxPerUser);
          giveWay.addAll(inOrder.subList(0, excess));
          return List.copyOf(inOrder.subList(excess, inOrder.size()));
        });
    return giveWay;
  }

  void remove(Session session) {
    if (sessions.remove(session)) {
      size.decrementAndGet();
    }
    var grant = session.grant();
    if (grant != null) {
      byOwner.computeIfPresent(grant.owner(), (_, before) -> without(before, session));
    }
  }

  /// The sessions of a user in the order of their arrival; empty when there is none.
  List<Session> of(OwnerId owner) {
    return byOwner.getOrDefault(owner, List.of());
  }

  /// Every session there is now.
  List<Session> all() {
    return List.copyOf(sessions);
  }

  /// How many sessions have an owner that is known.
  int connected() {
    return (int) sessions.stream().filter(session -> session.grant() != null).count();
  }

  private static List<Session> with(List<Session> others, Session session) {
    return Stream.concat(others.stream(), Stream.of(session)).toList();
  }

  private static @Nullable List<Session> without(List<Session> before, Session session) {
    var others = before.stream().filter(other -> other != session).toList();
    return others.isEmpty() ? null : others;
  }
}
