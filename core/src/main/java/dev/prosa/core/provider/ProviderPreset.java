package dev.prosa.core.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Providers that only need a key, each by its endpoint that speaks the protocol of OpenAI.
///
/// Providers retire models within months: a default model may be out of date by the time you read
/// this, and `NAME_MODEL` replaces it. All were looked up in November 2026.
public enum ProviderPreset {
  /// URL: OpenAI API reference, "Introduction". Model: "Models", the small one of the GPT-5 family;
  /// newer families exist.
  OPENAI("https://api.openai.com/v1", "gpt-5-mini"),
  /// URL and model: Claude docs, "OpenAI SDK compatibility" (platform.claude.com). Anthropic calls
  /// the endpoint a way to test, not a long-term one.
  ANTHROPIC("https://api.anthropic.com/v1", "claude-opus-5-5"),
  /// URL: Gemini API docs, "OpenAI compatibility" (ai.google.dev/gemini-api/docs/openai). Model:
  /// the same docs, "Text generation"; a new one comes every few months.
  GEMINI("https://generativelanguage.googleapis.com/v1beta/openai", "gemini-3.8-flash"),
  /// URL: Hugging Face, "Inference Providers"; its router chooses who runs the model. Model: an
  /// open one that many of them run.
  HUGGINGFACE("https://router.huggingface.co/v1", "openai/gpt-oss-120b"),
  /// URL and model: Amazon Bedrock User Guide, "Invoke a model with the OpenAI Chat Completions
  /// API". The key is an Amazon Bedrock API key; which models there are depends on the region.
  BEDROCK("https://bedrock-runtime.<region>.amazonaws.com/openai/v1", "openai.gpt-oss-20b-1:0"),
  /// URL: GroqDocs, "OpenAI compatibility" (console.groq.com/docs/openai). Model: what "Model
  /// deprecation" there recommends in place of the Llama 3.3 one.
  GROQ("https://api.groq.com/openai/v1", "openai/gpt-oss-120b"),
  /// URL and model: Mistral docs, "Chat completion". The model is an alias of the newest small one.
  MISTRAL("https://api.mistral.ai/v1", "mistral-small-latest"),
  /// URL: Ollama docs, "OpenAI compatibility"; it runs on this machine and needs no key. Model: the
  /// example there, which must have been pulled.
  OLLAMA("http://localhost:11434/v1", "llama3.2"),
  /// The scripted demo model, which needs neither key nor network. It runs inside the worker, which
  /// puts its port into the URL; nobody else asks it.
  OFFLINE("http://localhost/v1", "prosa-offline");

  private final String baseUrl;
  private final String model;

  ProviderPreset(String baseUrl, String model) {
    this.baseUrl = baseUrl;
    this.model = model;
  }

  /// The preset called `name`; null when there is none.
  public static @Nullable ProviderPreset of(String name) {
    return Arrays.stream(values()).filter(p -> p.word().equals(name)).findFirst().orElse(null);
  }

  /// Its name in `LLM_PROVIDERS`: lower case.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The URL before `/chat/completions`.
  ///
  /// @param region an AWS region; only Bedrock looks at it
  /// @throws IllegalArgumentException when the region has a character that no region has
  public URI baseUrl(String region) {
    return URI.create(baseUrl.replace("<region>", region));
  }

  /// The model that is asked when none is configured.
  public String model() {
    return model;
  }
}
