package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The table in a map, with one lock. What is erased leaves it at once; everything else stays,
/// since it lives as long as one test.
final class InMemoryTurns implements TurnStore, ConversationStore, OpenTurns, Erasures {

  private static final Duration KEY_LIFE = Duration.ofHours(24);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(15);

  private final InstantSource clock;
  private final Map<ConversationId, Conversation> conversations = new HashMap<>();
  private final Map<JobId, Turn> turns = new HashMap<>();
  private final Map<JobId, Instant> wakeAt = new LinkedHashMap<>();
  private final Map<JobId, String> finishedBy = new HashMap<>();
  private final Map<KeyOf, UsedKey> keys = new HashMap<>();
  private final InMemoryTombstones tombstones;

  private record KeyOf(OwnerId owner, String key) {}

  private record UsedKey(JobId job, String bodyHash, Instant expiresAt) {}

  InMemoryTurns(InstantSource clock) {
    this.clock = clock;
    this.tombstones = new InMemoryTombstones(clock);
  }

  @Override
  public synchronized AcceptOutcome accept(NewTurn request) {
    var known = request.conversation() == null ? null : find(request.conversation());
    if (request.conversation() != null
        && (known == null || !known.owner().equals(request.owner()))) {
      return new AcceptOutcome.UnknownConversation();
    }
    var earlier = earlier(request);
    return earlier != null ? earlier : new AcceptOutcome.Accepted(append(request, known));
  }

  @Override
  public synchronized @Nullable AcceptOutcome earlier(NewTurn request) {
    var idempotency = request.idempotency();
    var used = idempotency == null ? null : keys.get(new KeyOf(request.owner(), idempotency.key()));
    if (idempotency == null || used == null || !used.expiresAt().isAfter(clock.instant())) {
      return null;
    }
    if (!used.bodyHash().equals(idempotency.bodyHash())) {
      return new AcceptOutcome.KeyConflict();
    }
    var turn = turns.get(used.job());
    return turn == null
        ? new AcceptOutcome.UnknownConversation()
        : new AcceptOutcome.Replayed(turn);
  }

  private Turn append(NewTurn request, @Nullable Conversation known) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var id = known == null ? ConversationId.create() : known.id();
    var job = new JobId(id, known == null ? 1 : known.lastTurn() + 1);
    var title = known == null ? DynamoDbAcceptance.title(request.prompt()) : known.title();
    var createdAt = known == null ? now : known.createdAt();
    conversations.put(id, new Conversation(id, request.owner(), title, job.turn(), createdAt, now));
    var turn =
        new Turn(
            job,
            request.owner(),
            request.prompt(),
            new Turn.Span(now, now.plus(request.timeToAnswer())),
            new Turn.Attempts(0, 0),
            new TurnState.Accepted(null),
            false,
            request.traceparent(),
            request.model(),
            request.promptName(),
            request.reservation());
    turns.put(job, turn);
    wakeAt.put(job, now.plus(FIRST_LOOK));
    if (request.idempotency() != null) {
      keys.put(
          new KeyOf(request.owner(), request.idempotency().key()),
          new UsedKey(job, request.idempotency().bodyHash(), now.plus(KEY_LIFE)));
    }
    return turn;
  }

  @Override
  public synchronized @Nullable Turn find(JobId job) {
    return turns.get(job);
  }

  @Override
  public synchronized ClaimOutcome claim(JobId job, Claim claim) {
    var now = clock.instant();
    var turn = turns.get(job);
    if (turn == null) {
      return new ClaimOutcome.Missing();
    }
    return switch (turn.state()) {
      case TurnState.Final _ -> new ClaimOutcome.AlreadyFinal(turn);
      case TurnState.Running(Lease lease)
          when lease.until().isAfter(now) && lease.token().equals(claim.token()) ->
          new ClaimOutcome.Claimed(turn);
      case TurnState.Running(Lease lease) when lease.until().isAfter(now) ->
          new ClaimOutcome.Busy(lease.until());
      case TurnState.Accepted(Instant notBefore) when notBefore != null && notBefore.isAfter(now) ->
          new ClaimOutcome.Busy(notBefore);
      case TurnState.Accepted _, TurnState.Running _ ->
          turn.attempts().spent() < claim.maxAttempts()
              ? new ClaimOutcome.Claimed(hold(turn, claim, now.plus(claim.lease())))
              : new ClaimOutcome.Exhausted(turn);
    };
  }

  private Turn hold(Turn turn, Claim claim, Instant until) {
    var attempts = new Turn.Attempts(turn.attempts().started() + 1, turn.attempts().spent() + 1);
    var lease = new Lease(claim.token(), until.truncatedTo(ChronoUnit.MILLIS));
    wakeAt.put(turn.job(), until);
    return put(turn, attempts, new TurnState.Running(lease), turn.cancelRequested());
  }

  @Override
  public synchronized Renewal renew(Turn claimed, Duration lease) {
    var turn = turns.get(claimed.job());
    if (turn == null || !isHeld(turn, claimed)) {
      return Renewal.LOST;
    }
    var until = clock.instant().plus(lease);
    wakeAt.put(turn.job(), until);
    var held = new Lease(leaseOf(claimed).token(), until.truncatedTo(ChronoUnit.MILLIS));
    put(turn, turn.attempts(), new TurnState.Running(held), turn.cancelRequested());
    return turn.cancelRequested() ? Renewal.CANCEL_REQUESTED : Renewal.HELD;
  }

  @Override
  public synchronized boolean release(Turn claimed, Instant notBefore, boolean forgive) {
    var turn = turns.get(claimed.job());
    if (turn == null) {
      return false;
    }
    if (!isHeld(turn, claimed)) {
      return turn.attempt() == claimed.attempt() && turn.state() instanceof TurnState.Accepted;
    }
    var spent = turn.attempts().spent() - (forgive ? 1 : 0);
    wakeAt.put(turn.job(), notBefore);
    put(
        turn,
        new Turn.Attempts(turn.attempt(), spent),
        new TurnState.Accepted(notBefore.truncatedTo(ChronoUnit.MILLIS)),
        turn.cancelRequested());
    return true;
  }

  @Override
  public synchronized FinishOutcome finish(Turn seen, TurnState.Final end) {
    var finisher =
        seen.state() instanceof TurnState.Running(Lease lease)
            ? lease.token()
            : RandomId.create().value();
    var turn = turns.get(seen.job());
    if (turn == null) {
      return new FinishOutcome.Beaten(null);
    }
    if (!turn.state().isOpen()) {
      return finisher.equals(finishedBy.get(turn.job())) && turn.state().equals(end)
          ? new FinishOutcome.Finished(turn)
          : new FinishOutcome.Beaten(turn);
    }
    var unheld =
        turn.state() instanceof TurnState.Accepted && seen.state() instanceof TurnState.Accepted;
    if (turn.attempt() != seen.attempt() || !(unheld || isHeld(turn, seen))) {
      return new FinishOutcome.Beaten(turn);
    }
    if (end instanceof TurnState.Failed) {
      wakeAt.put(turn.job(), clock.instant().plus(FIRST_LOOK));
    } else {
      wakeAt.remove(turn.job());
    }
    finishedBy.put(turn.job(), finisher);
    return new FinishOutcome.Finished(put(turn, turn.attempts(), end, turn.cancelRequested()));
  }

  @Override
  public synchronized ReopenOutcome reopen(JobId job, Duration timeToAnswer) {
    var turn = turns.get(job);
    if (turn == null) {
      return new ReopenOutcome.Missing();
    }
    if (!(turn.state() instanceof TurnState.Failed)) {
      return new ReopenOutcome.NotFailed(turn);
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var reopened = turn.reopened(now.plus(timeToAnswer));
    turns.put(job, reopened);
    wakeAt.put(job, now.plus(FIRST_LOOK));
    finishedBy.remove(job);
    return new ReopenOutcome.Reopened(reopened);
  }

  @Override
  public synchronized @Nullable Turn requestCancel(JobId job) {
    var turn = turns.get(job);
    return turn == null || !turn.state().isOpen()
        ? turn
        : put(turn, turn.attempts(), turn.state(), true);
  }

  @Override
  public synchronized List<Turn> turns(ConversationId conversation, int newest, int limit) {
    var known = conversations.get(conversation);
    var last = known == null ? 0 : Math.min(newest, known.lastTurn());
    return IntStream.iterate(last, i -> i >= 1, i -> i - 1)
        .limit(limit)
        .mapToObj(i -> Objects.requireNonNull(turns.get(new JobId(conversation, i))))
        .toList();
  }

  @Override
  public synchronized @Nullable Conversation find(ConversationId id) {
    return conversations.get(id);
  }

  @Override
  public synchronized Page list(OwnerId owner, @Nullable Cursor after, int limit) {
    var newestFirst =
        Comparator.comparing(Conversation::updatedAt).thenComparing(c -> c.id().value()).reversed();
    var all =
        conversations.values().stream()
            .filter(c -> c.owner().equals(owner))
            .filter(c -> after == null || isBehind(c, after))
            .sorted(newestFirst)
            .limit(limit + 1L)
            .toList();
    var items = all.subList(0, Math.min(limit, all.size()));
    if (all.size() <= limit) {
      return new Page(List.copyOf(items), null);
    }
    var last = items.getLast();
    return new Page(List.copyOf(items), new Cursor(last.updatedAt().toEpochMilli(), last.id()));
  }

  @Override
  public synchronized @Nullable Conversation rename(
      OwnerId owner, ConversationId id, String title) {
    var known = conversations.get(id);
    if (known == null || !known.owner().equals(owner)) {
      return null;
    }
    var renamed =
        new Conversation(id, owner, title, known.lastTurn(), known.createdAt(), known.updatedAt());
    conversations.put(id, renamed);
    return renamed;
  }

  @Override
  public synchronized TurnPage scan(String owners, @Nullable Place after, int limit) {
    var from = after == null ? null : key(after.conversation(), after.turn());
    var found =
        turns.values().stream()
            .filter(turn -> turn.owner().value().startsWith(owners))
            .filter(turn -> from == null || key(turn).compareTo(from) > 0)
            .sorted(Comparator.comparing(InMemoryTurns::key))
            .limit(limit + 1L)
            .toList();
    if (found.size() <= limit) {
      return new TurnPage(found, null);
    }
    var last = found.get(limit - 1).job();
    return new TurnPage(
        List.copyOf(found.subList(0, limit)), new Place(last.conversation(), last.turn()));
  }

  private static String key(Turn turn) {
    return key(turn.job().conversation(), turn.job().turn());
  }

  private static String key(ConversationId conversation, int turn) {
    return "%s %010d".formatted(conversation, turn);
  }

  private static boolean isBehind(Conversation c, Cursor after) {
    var millis = c.updatedAt().toEpochMilli();
    return millis < after.updatedAtMillis()
        || (millis == after.updatedAtMillis() && c.id().value().compareTo(after.id().value()) < 0);
  }

  @Override
  public synchronized List<JobId> overdue(int limit) {
    var now = clock.instant();
    return wakeAt.entrySet().stream()
        .filter(e -> e.getValue().isBefore(now))
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Glance glance() {
    var open =
        turns.values().stream()
            .filter(turn -> turn.state().isOpen())
            .limit(Glance.MOST_GLANCED + 1L)
            .toList();
    return new Glance(
        open.subList(0, Math.min(open.size(), Glance.MOST_GLANCED)),
        open.size() <= Glance.MOST_GLANCED);
  }

  @Override
  public synchronized boolean postpone(JobId job, Instant until) {
    var due = wakeAt.get(job);
    if (due == null || !due.isBefore(clock.instant())) {
      return false;
    }
    wakeAt.put(job, until);
    return true;
  }

  @Override
  public synchronized void settle(Turn failed) {
    var turn = turns.get(failed.job());
    if (turn != null
        && turn.state() instanceof TurnState.Failed
        && turn.attempt() == failed.attempt()) {
      wakeAt.remove(failed.job());
    }
  }

  @Override
  public synchronized boolean begin(OwnerId owner, ConversationId conversation) {
    var known = conversations.get(conversation);
    if (known == null || !known.owner().equals(owner)) {
      return false;
    }
    var erased = turns(conversation, known.lastTurn(), known.lastTurn());
    conversations.remove(conversation);
    for (var turn : erased) {
      turns.remove(turn.job());
      wakeAt.remove(turn.job());
      finishedBy.remove(turn.job());
    }
    tombstones.put(conversation, erased);
    return true;
  }

  @Override
  public synchronized List<Turn> removeTurns(ConversationId conversation) {
    return tombstones.removeTurns(conversation);
  }

  @Override
  public synchronized boolean removeKeys(OwnerId owner) {
    keys.keySet().removeIf(key -> key.owner().equals(owner));
    return false;
  }

  @Override
  public synchronized List<ConversationId> overdueErasures(int limit) {
    return tombstones.overdue(limit);
  }

  @Override
  public synchronized boolean postpone(ConversationId conversation, Instant until) {
    return tombstones.postpone(conversation, until);
  }

  @Override
  public synchronized void settle(ConversationId conversation) {
    tombstones.settle(conversation);
  }

  private static boolean isHeld(Turn turn, Turn claimed) {
    return turn.attempt() == claimed.attempt()
        && turn.state() instanceof TurnState.Running(Lease now)
        && claimed.state() instanceof TurnState.Running(Lease then)
        && now.token().equals(then.token());
  }

  private static Lease leaseOf(Turn claimed) {
    if (claimed.state() instanceof TurnState.Running(Lease lease)) {
      return lease;
    }
    throw new IllegalArgumentException(claimed.job() + " was never claimed");
  }

  private Turn put(Turn turn, Turn.Attempts attempts, TurnState state, boolean cancelRequested) {
    var changed = turn.with(attempts, state, cancelRequested);
    turns.put(turn.job(), changed);
    return changed;
  }
}
