package dev.prosa.worker.llm;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What endpoints that speak the protocol of OpenAI understand differently.
enum OpenAiDialect {
  /// Newer models of OpenAI refuse `max_tokens` (OpenAI API reference, "Create chat completion").
  OPENAI(true, true),
  /// Mistral refuses fields it does not know, `stream_options` and `max_completion_tokens` among
  /// them, and counts tokens unasked (github.com/openai/openai-agents-python, issue 442).
  MISTRAL(false, false),
  /// Everybody else knows the older field.
  COMMON(true, false);

  private final boolean usageOnRequest;
  private final boolean newLimit;

  OpenAiDialect(boolean usageOnRequest, boolean newLimit) {
    this.usageOnRequest = usageOnRequest;
    this.newLimit = newLimit;
  }

  /// The dialect that is spoken at an address.
  static OpenAiDialect at(URI baseUrl) {
    return switch (baseUrl.getHost()) {
      case "api.openai.com" -> OPENAI;
      case "api.mistral.ai" -> MISTRAL;
      case null, default -> COMMON;
    };
  }

  /// @param maxOutputTokens null for no limit
  @SuppressWarnings("deprecation") // the older field is the one that most endpoints know
  void apply(ChatCompletionCreateParams.Builder params, @Nullable Integer maxOutputTokens) {
    if (usageOnRequest) {
      params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    }
    if (maxOutputTokens != null && newLimit) {
      params.maxCompletionTokens(maxOutputTokens);
    } else if (maxOutputTokens != null) {
      params.maxTokens(maxOutputTokens);
    }
  }
}
