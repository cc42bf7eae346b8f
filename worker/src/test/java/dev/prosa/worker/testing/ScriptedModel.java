package dev.prosa.worker.testing;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.llm.ModelException;
import dev.prosa.worker.llm.ModelException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model that does what it was told, call by call, and then says "Hello." for ever. Thread-safe.
public final class ScriptedModel implements LanguageModel {

  private final String provider;
  private final Deque<Script> scripts = new ConcurrentLinkedDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);

  /// The model `m-1` of the provider `p-1`.
  public ScriptedModel() {
    this("p-1");
  }

  /// The model `m-1` of a provider.
  public ScriptedModel(String provider) {
    this.provider = provider;
  }

  /// One question that the model was asked.
  public record Call(@Nullable String system, ConversationContext context, String question) {}

  @FunctionalInterface
  private interface Script {
    Answer run(Consumer<String> onText) throws ModelException, InterruptedException;
  }

  /// The next call answers with these pieces.
  public ScriptedModel says(String... pieces) {
    scripts.add(onText -> said(onText, pieces));
    return this;
  }

  private static Answer said(Consumer<String> onText, String... pieces) {
    for (var piece : pieces) {
      onText.accept(piece);
    }
    return new Answer("stop", "m-1-2026", null);
  }

  /// The next call says something and fails.
  public ScriptedModel fails(FailureCode code, String... pieces) {
    scripts.add(onText -> {
      var _ = said(onText, pieces);
      throw new ModelException(kindOf(code), code, "as told", null);
    });
    return this;
  }

  private static Kind kindOf(FailureCode code) {
    return switch (code) {
      case PROVIDER_UNAVAILABLE, PROVIDER_TIMEOUT -> Kind.BROKEN;
      default -> Kind.REFUSED;
    };
  }

  /// The next call is not taken.
  public ScriptedModel isNot(Kind kind) {
    scripts.add(_ -> {
      throw new ModelException(kind, FailureCode.PROVIDER_UNAVAILABLE, "as told", null);
    });
    return this;
  }

  /// The next call says something and then nothing more, until it is interrupted.
  public ScriptedModel hangs(String... pieces) {
    scripts.add(onText -> {
      var _ = said(onText, pieces);
      new CountDownLatch(1).await();
      throw new IllegalStateException("never");
    });
    return this;
  }

  /// The next call says nothing for `silence`, then `piece`, and then nothing more, until it is
  /// interrupted.
  public ScriptedModel hangsAfter(Duration silence, String piece) {
    scripts.add(onText -> {
      var never = new CountDownLatch(1);
      var _ = never.await(silence.toMillis(), TimeUnit.MILLISECONDS);
      onText.accept(piece);
      never.await();
      throw new IllegalStateException("never");
    });
    return this;
  }

  /// The next call runs `event`, and says nothing until it is interrupted.
  public ScriptedModel hangsBehind(Runnable event) {
    scripts.add(_ -> {
      event.run();
      new CountDownLatch(1).await();
      throw new IllegalStateException("never");
    });
    return this;
  }

  /// The next call says something, runs `then`, and ends well.
  public ScriptedModel saysAndThen(String piece, Runnable then) {
    scripts.add(onText -> {
      onText.accept(piece);
      then.run();
      return new Answer("stop", "m-1-2026", null);
    });
    return this;
  }

  /// What the model was asked so far.
  public List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /// The questions that the model was asked so far.
  public List<String> questions() {
    return calls().stream().map(Call::question).toList();
  }

  /// Whether a call was interrupted.
  public boolean wasInterrupted() {
    return interrupted.getCount() == 0;
  }

  @Override
  public String name() {
    return "m-1";
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public Answer stream(
      @Nullable String system,
      ConversationContext context,
      String question,
      Consumer<String> onText)
      throws ModelException {
    synchronized (calls) {
      calls.add(new Call(system, context, question));
    }
    var script = scripts.poll();
    try {
      return script == null ? said(onText, "Hello.") : script.run(onText);
    } catch (InterruptedException e) {
      interrupted.countDown();
      Thread.currentThread().interrupt();
      throw new ModelException(Kind.BROKEN, FailureCode.PROVIDER_UNAVAILABLE, "interrupted", e);
    }
  }
}
