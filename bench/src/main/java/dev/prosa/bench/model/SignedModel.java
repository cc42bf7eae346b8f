package dev.prosa.bench.model;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationContext.Exchange;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.llm.ModelException;
import dev.prosa.worker.llm.ModelException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model whose every word says which call it belongs to, and which looks at what it is told.
final class SignedModel implements LanguageModel {

  private static final int MOST_WORDS = 6;
  private static final long SLICE_NANOS = Duration.ofMillis(250).toNanos();
  private static final Duration FOR_EVER = Duration.ofMinutes(10);

  private final Proc proc;
  private final World world;

  SignedModel(Proc proc, World world) {
    this.proc = proc;
    this.world = world;
  }

  private enum Mood {
    FINE,
    REFUSES,
    BREAKS_OFF,
    HANGS,
    OBJECTS
  }

  @Override
  public String name() {
    return "signed-1";
  }

  @Override
  public String provider() {
    return "model";
  }

  @Override
  public Answer stream(
      @Nullable String system,
      ConversationContext context,
      String question,
      Consumer<String> onText)
      throws ModelException {
    var call = world.history().call(question);
    world.history().note("%s asks %s, call %d".formatted(proc.name(), question, call.number()));
    checkContext(context, question);
    var mood = mood();
    var words = 1 + proc.random().nextInt(MOST_WORDS);
    var last = mood == Mood.FINE ? words : proc.random().nextInt(words);
    for (int i = 0; i < last; i++) {
      pass(Duration.ofMillis(20 + proc.random().nextInt(400)));
      onText.accept(call.next());
    }
    switch (mood) {
      case FINE -> {}
      case HANGS -> pass(FOR_EVER);
      case REFUSES -> throw failure(last == 0 ? Kind.AWAY : Kind.BROKEN);
      case BREAKS_OFF -> throw failure(Kind.BROKEN);
      case OBJECTS -> throw failure(Kind.REFUSED);
    }
    return new Answer("stop", "signed-1", null);
  }

  private static ModelException failure(Kind kind) {
    var code =
        kind == Kind.REFUSED ? FailureCode.PROVIDER_REJECTED : FailureCode.PROVIDER_UNAVAILABLE;
    return new ModelException(kind, code, "as the weather is", null);
  }

  private Mood mood() {
    if (!proc.happens(world.weather().badAnswer())) {
      return Mood.FINE;
    }
    world.history().count("bad answers");
    return switch (proc.random().nextInt(10)) {
      case 0, 1, 2, 3 -> Mood.REFUSES;
      case 4, 5, 6 -> Mood.BREAKS_OFF;
      case 7, 8 -> Mood.HANGS;
      default -> Mood.OBJECTS;
    };
  }

  /// Lets time pass in slices, because an interrupt does not end a task's sleep.
  private void pass(Duration time) throws ModelException {
    var task = Kernel.current();
    if (task == null) {
      throw new IllegalStateException("a model is asked by a task");
    }
    world.strike(task);
    for (var left = time.toNanos(); left > 0; left -= SLICE_NANOS) {
      task.sleep(Math.min(left, SLICE_NANOS));
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw failure(Kind.BROKEN);
      }
    }
  }

  /// What is said of turns that were never redriven; the others may have been read before or after.
  private List<Exchange> firm(ConversationContext context) {
    return context.exchanges().stream()
        .filter(e -> !world.history().wasRedriven(world.history().jobOf(e.prompt())))
        .toList();
  }

  /// Every earlier turn has ended, and the model is told how, in order.
  private void checkContext(ConversationContext context, String question) {
    var job = world.history().jobOf(question);
    if (job == null) {
      world.history().violation("the model is asked %s, which nobody wrote".formatted(question));
      return;
    }
    var expected = ConversationContext.EMPTY;
    for (int i = 1; i < job.turn(); i++) {
      var turn = world.turn(job, i);
      if (world.history().wasRedriven(turn.job())) {
        expected = new ConversationContext(i, expected.exchanges());
        continue;
      }
      if (turn.state().isOpen()) {
        world.history().violation("%s is answered while turn %d is open".formatted(question, i));
        return;
      }
      expected = expected.plus(turn);
    }
    if (!expected.exchanges().equals(firm(context))) {
      world.history().violation("%s is answered without an earlier turn".formatted(question));
    }
  }
}
