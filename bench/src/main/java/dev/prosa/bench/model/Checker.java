package dev.prosa.bench.model;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares what happened with what was promised.
final class Checker {

  private static final int ALL = 100;

  private final World world;
  private final Truth truth;
  private final History history;

  Checker(World world, Truth truth, History history) {
    this.world = world;
    this.truth = truth;
    this.history = history;
  }

  /// Something is on a screen, if only for a moment.
  void shown(Person person, JobId job, Tab.Shown shown) {
    var turn = truth.database().turns().find(job);
    if (turn == null) {
      history.violation("a screen shows %s, which does not exist".formatted(job));
      return;
    }
    if (!turn.owner().value().equals(person.name())) {
      history.violation("%s sees a reply to %s".formatted(person.name(), turn.owner()));
    }
    if (!history.isOfOneCall(turn.prompt(), shown.text())) {
      history.violation("the text shown for %s is garbled".formatted(turn.prompt()));
    }
    if (!shown.isFinal()) {
      history.seen(job, shown.attempt(), shown.text());
    }
  }

  /// Whether every turn has ended.
  boolean isNothingOpen() {
    return turns().values().stream().noneMatch(turn -> turn.state().isOpen());
  }

  /// Nothing happens any more.
  ///
  /// @param atWorkBefore what [#tasksAtWork] said longer ago than a process stands still
  void atTheEnd(Set<Kernel.Task> atWorkBefore) {
    var turns = turns();
    turns.forEach(this::checkTurn);
    checkKeys(turns);
    checkDeadLetters(turns);
    world.people().forEach(person -> checkScreens(person, turns));
    checkLeaks(atWorkBefore);
    world
        .kernel()
        .failures()
        .forEach(failure -> history.violation("nobody caught %s".formatted(failure)));
  }

  private Map<JobId, Turn> turns() {
    var turns = new HashMap<JobId, Turn>();
    for (var person : world.people()) {
      var owner = new OwnerId(person.name());
      var page = truth.database().conversations().list(owner, null, ALL);
      for (var conversation : page.items()) {
        truth
            .database()
            .turns()
            .turns(conversation.id(), Integer.MAX_VALUE, ALL)
            .forEach(turn -> turns.put(turn.job(), turn));
      }
    }
    return turns;
  }

  private void checkTurn(JobId job, Turn turn) {
    var name = turn.prompt();
    switch (turn.state()) {
      case TurnState.Completed(var reply) -> {
        var call = history.callOf(reply.content());
        if (call == null
            || !call.question().equals(name)
            || !call.text().toString().equals(reply.content())) {
          history.violation("the reply to %s is not the text of one call".formatted(name));
        }
      }
      case TurnState.Cancelled(String content) -> {
        if (!history.isOfOneCall(name, content)) {
          history.violation("what was kept of %s is not the text of one call".formatted(name));
        }
      }
      case TurnState.Failed _ -> history.count("failed");
      case TurnState.Accepted _, TurnState.Running _ ->
          history.violation("%s never ended: %s".formatted(name, turn.state()));
    }
  }

  private void checkKeys(Map<JobId, Turn> turns) {
    history
        .asked()
        .forEach((key, job) -> {
          var named = turns.values().stream().filter(t -> t.prompt().equals(key)).count();
          if (job == null) {
            checkAbandoned(key, named);
          } else if (!turns.containsKey(job)) {
            history.violation("%s was accepted and is lost".formatted(key));
          } else if (named != 1) {
            history.violation("%d turns for the key %s".formatted(named, key));
          }
        });
  }

  /// Nobody waited for the answer, so there may be a turn or not.
  private void checkAbandoned(String key, long turns) {
    if (world.people().stream().noneMatch(p -> p.isGone() && key.startsWith(p.name()))) {
      history.violation(key + " was never accepted");
    } else if (turns > 1) {
      history.violation("%d turns for the key %s".formatted(turns, key));
    }
  }

  private void checkDeadLetters(Map<JobId, Turn> turns) {
    var dead = new ArrayList<JobId>();
    for (var letter : truth.queue().deadLetters()) {
      dead.add(jobOf(letter));
    }
    turns.forEach((job, turn) -> {
      var failed = turn.state() instanceof TurnState.Failed;
      // the letter of a redriven job goes last, and whoever removes it may die before
      var excess = dead.contains(job) && history.wasRedriven(job);
      if (failed != dead.contains(job) && !excess) {
        history.violation(
            "%s is %s, dead letters: %s"
                .formatted(turn.prompt(), turn.state().name(), dead.contains(job)));
      }
    });
  }

  private static JobId jobOf(DeadLetter letter) {
    return Objects.requireNonNull(Poke.parse(letter.body()), letter.body()).job();
  }

  private void checkScreens(Person person, Map<JobId, Turn> turns) {
    for (var tab : person.tabs()) {
      tab.screen().forEach((job, shown) -> checkShown(tab, turns.get(job), shown));
    }
    person
        .askedIn()
        .forEach((key, tab) -> {
          if (!tab.screen().containsKey(history.asked().get(key))) {
            history.violation("%s does not show %s".formatted(tab.name(), key));
          }
        });
  }

  private void checkShown(Tab tab, @Nullable Turn turn, Tab.Shown shown) {
    if (turn == null) {
      return; // said when it was shown
    }
    var stored =
        switch (turn.state()) {
          case TurnState.Completed(var reply) -> reply.content();
          case TurnState.Cancelled(String content) -> content;
          case TurnState.Failed _, TurnState.Accepted _, TurnState.Running _ -> "";
        };
    if (!shown.state().equals(turn.state().name()) || !shown.text().equals(stored)) {
      history.violation(
          "%s shows %s «%s» for %s, stored is %s «%s»"
              .formatted(
                  tab.name(),
                  shown.state(),
                  shown.text(),
                  turn.prompt(),
                  turn.state().name(),
                  stored));
    }
  }

  /// @param before who was at work a while ago
  private void checkLeaks(Set<Kernel.Task> before) {
    if (truth.queue().size() > 0) {
      history.violation("%d pokes are left in the queue".formatted(truth.queue().size()));
    }
    if (!world.mutation().hasNoSweeper()) {
      var open = world.lookedAfterForEver();
      if (!open.isEmpty()) {
        history.violation("the sweeper will look at %s for ever".formatted(open));
      }
    }
    tasksAtWork().stream()
        .filter(before::contains)
        .forEach(task -> history.violation("still at work: " + task.name()));
  }

  /// What processes do now, beside what they always do. Pages ask now and then, so that somebody is
  /// always at work; who is at it for long has leaked.
  Set<Kernel.Task> tasksAtWork() {
    var usual = Set.of("poll", "sweep", "repeat");
    return world.processes().stream()
        .filter(proc -> !proc.isDead())
        .flatMap(proc -> proc.tasks().stream())
        .filter(task -> !usual.contains(task.name().substring(task.name().lastIndexOf('/') + 1)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
