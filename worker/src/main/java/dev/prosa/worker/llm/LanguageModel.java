package dev.prosa.worker.llm;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.Usage;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model that continues conversations. Thread-safe.
public interface LanguageModel {

  /// The model that is asked, in the provider's word.
  String name();

  /// Who is asked, in the word of the settings.
  String provider();

  /// Asks one question and hands over the reply as it comes. It blocks until the reply is whole;
  /// interrupting the thread ends it at once and closes the connection.
  ///
  /// @param system what the model is told before the conversation; null for nothing
  /// @param onText called by this thread with each piece of text, in order; never an empty one
  /// @throws ModelException when the reply did not come whole
  Answer stream(
      @Nullable String system,
      ConversationContext context,
      String question,
      Consumer<String> onText)
      throws ModelException;

  /// What is known when a reply is whole.
  ///
  /// @param finishReason why the model stopped, in the provider's word; not empty
  /// @param model the model that answered, in the provider's word
  /// @param usage null when the provider did not say
  record Answer(String finishReason, String model, @Nullable Usage usage) {}

  /// A model behind an endpoint that speaks the protocol of OpenAI.
  static LanguageModel openAi(OpenAiEndpoint endpoint, InstantSource clock) {
    return new OpenAiModel(endpoint, clock);
  }
}
