package dev.prosa.local.dlq;

import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.core.redrive.Letters;
import dev.prosa.core.redrive.Redrive;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does what a command line asks for.
///
/// @param queue the dead-letter queue
/// @param redrive what can be done with a letter; knows the table, too
/// @param screen where to show it
/// @param clock the time
/// @param sleeper waits, so that redrives keep their pace
public record DlqTool(
    DeadLetterQueue queue,
    Redrive redrive,
    DlqScreen screen,
    InstantSource clock,
    Sleeper sleeper) {

  /// All was done.
  public static final int DONE = 0;

  /// Nothing was done, or not all of it.
  public static final int NOTHING_DONE = 1;

  /// The command line or the settings are wrong.
  public static final int USAGE = 2;

  /// Letters stay hidden for longer than it takes to look at them, and come back by themselves.
  private static final Duration LOOK = Duration.ofMinutes(2);

  /// How many letters are received and looked up in a second at least.
  private static final int LOOKS_A_SECOND = 20;

  private static final int MAX_PROMPT = 2_000;

  /// Waits.
  @FunctionalInterface
  public interface Sleeper {

    /// Waits that long, or until the thread is interrupted.
    void sleep(Duration time);
  }

  /// Obeys, and answers the exit code.
  public int run(DlqRequest request) {
    try {
      return switch (request.command()) {
        case DlqCommand.Help _ -> help();
        case DlqCommand.ListAll _ -> list(request);
        case DlqCommand.Show(String id, boolean prompt) -> show(request, id, prompt);
        case DlqCommand.RedriveOne(String id) -> redriveOne(request, id);
        case DlqCommand.RedriveAll(double perSecond) -> redriveAll(request, perSecond);
        case DlqCommand.Discard(String id) -> discard(request, id);
      };
    } catch (QueueUnavailableException | StoreUnavailableException | UncheckedIOException e) {
      screen.complain(sentence(e));
      return NOTHING_DONE;
    }
  }

  /// What went wrong, with what the client library said about it.
  public static String sentence(RuntimeException e) {
    var cause = e.getCause();
    return e.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  private int help() {
    screen.say(DlqRequest.USAGE.stripTrailing());
    return DONE;
  }

  private Letters take(int limit, double perSecond) {
    var busy = Duration.ofMillis((long) (limit * 1000.0 / Math.min(perSecond, LOOKS_A_SECOND)));
    return Letters.take(queue, limit, atMost12Hours(LOOK.plus(busy)));
  }

  /// The longest that SQS hides a message (Amazon SQS Developer Guide, "Visibility timeout").
  private static Duration atMost12Hours(Duration hidden) {
    var most = Duration.ofHours(12);
    return hidden.compareTo(most) < 0 ? hidden : most;
  }

  private @Nullable Turn turn(LetterGroup group) {
    var job = group.job();
    return job == null ? null : redrive.turns().find(job);
  }

  private DlqItem item(LetterGroup group) {
    return DlqItem.of(group, turn(group), clock.instant());
  }

  private int list(DlqRequest request) {
    try (var letters = take(request.limit(), LOOKS_A_SECOND)) {
      var items = letters.groups().stream().map(this::item).toList();
      if (request.json()) {
        var document = document("letters", items);
        document.put("more", letters.more());
        screen.json(document);
      } else {
        show(items, letters.more());
      }
      return DONE;
    }
  }

  private void show(List<DlqItem> items, boolean more) {
    if (items.isEmpty()) {
      screen.say(queue.name() + " is empty.");
      return;
    }
    screen.table(items);
    screen.say("");
    screen.say(
        (items.size() == 1 ? "1 job or message in " : items.size() + " jobs or messages in ")
            + queue.name()
            + (more ? "; there are more letters, see --limit." : "."));
  }

  private Map<String, Object> document(String name, List<?> values) {
    var document = new LinkedHashMap<String, Object>();
    document.put("queue", queue.name());
    document.put(name, values);
    return document;
  }

  private int show(DlqRequest request, String id, boolean prompt) {
    try (var letters = take(request.limit(), LOOKS_A_SECOND)) {
      var group = letters.find(id);
      if (group == null) {
        screen.complain(notFound(id, letters));
        return NOTHING_DONE;
      }
      var item = item(group);
      var words = prompt ? words(group) : null;
      if (request.json()) {
        screen.json(prompt ? new DlqItemWithPrompt(item, words) : item);
      } else {
        screen.details(item);
        if (prompt) {
          screen.say("prompt       " + PlainText.of(words == null ? "-" : words, MAX_PROMPT));
        }
      }
      return DONE;
    }
  }

  /// What the user wrote; of a message that is no poke, its body.
  private @Nullable String words(LetterGroup group) {
    var turn = turn(group);
    if (group.job() == null) {
      return group.newest().body();
    }
    return turn == null ? null : turn.prompt();
  }

  private String notFound(String id, Letters letters) {
    return id
        + " is not in "
        + queue.name()
        + (letters.more() ? ", as far as --limit reaches" : "");
  }

  private int redriveOne(DlqRequest request, String id) {
    try (var letters = take(request.limit(), LOOKS_A_SECOND)) {
      var group = letters.find(id);
      if (group != null) {
        return report(request, DlqResult.of(group.id(), redrive.redrive(letters, group)));
      }
      redrive.notFound("redrive", id);
      return report(request, DlqResult.notFound("redrive", id));
    }
  }

  private int discard(DlqRequest request, String id) {
    try (var letters = take(request.limit(), LOOKS_A_SECOND)) {
      var group = letters.find(id);
      if (group != null) {
        redrive.discard(letters, group);
        return report(request, DlqResult.discarded(group.id()));
      }
      redrive.notFound("discard", id);
      return report(request, DlqResult.notFound("discard", id));
    }
  }

  /// What a job that fails again sends meanwhile is not looked at: all letters were taken before.
  private int redriveAll(DlqRequest request, double perSecond) {
    var results = new ArrayList<DlqResult>();
    try (var letters = take(request.limit(), perSecond)) {
      redriveAll(request, letters, new Pace(perSecond, clock, sleeper), results::add);
      if (letters.groups().isEmpty() && !request.json()) {
        screen.say(queue.name() + " is empty; nothing was done.");
      }
      return exit(results) == DONE && !letters.more() && !interrupted() ? DONE : NOTHING_DONE;
    } finally {
      if (request.json()) {
        screen.json(document("results", results)); // also when it broke off
      }
    }
  }

  private void redriveAll(
      DlqRequest request, Letters letters, Pace pace, Consumer<DlqResult> results) {
    for (var group : letters.groups()) {
      pace.await();
      if (interrupted()) {
        screen.complain("interrupted; the rest stays in the queue");
        return;
      }
      var result = DlqResult.of(group.id(), redrive.redrive(letters, group));
      results.accept(result);
      if (!request.json()) {
        show(result);
      }
    }
    if (letters.more()) {
      screen.complain("there are more letters than --limit; run it again for the rest");
    }
  }

  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private int report(DlqRequest request, DlqResult result) {
    if (request.json()) {
      screen.json(document("results", List.of(result)));
    } else {
      show(result);
    }
    return exit(List.of(result));
  }

  private void show(DlqResult result) {
    screen.say(result.id() + " " + result.message());
  }

  private static int exit(List<DlqResult> results) {
    var all = !results.isEmpty() && results.stream().allMatch(DlqResult::done);
    return all ? DONE : NOTHING_DONE;
  }
}
