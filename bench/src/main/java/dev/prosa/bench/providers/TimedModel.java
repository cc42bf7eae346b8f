package dev.prosa.bench.providers;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.llm.ModelException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model that notes when the first text of a reply has been taken: when everything that the
/// worker does with a piece of text is done. Thread-safe for one reply at a time.
final class TimedModel implements LanguageModel {

  private final LanguageModel model;
  private volatile long firstNanos;

  TimedModel(LanguageModel model) {
    this.model = model;
  }

  /// When the first text of the last reply had been taken, as [System#nanoTime()].
  ///
  /// @throws IllegalStateException when none came
  long firstNanos() {
    if (firstNanos == 0) {
      throw new IllegalStateException("no text came");
    }
    return firstNanos;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public String provider() {
    return model.provider();
  }

  @Override
  public Answer stream(
      @Nullable String system,
      ConversationContext context,
      String question,
      Consumer<String> onText)
      throws ModelException {
    firstNanos = 0;
    return model.stream(
        system,
        context,
        question,
        text -> {
          onText.accept(text);
          if (firstNanos == 0) {
            firstNanos = System.nanoTime();
          }
        });
  }
}
