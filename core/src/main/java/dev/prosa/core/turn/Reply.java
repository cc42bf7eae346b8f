package dev.prosa.core.turn;

import org.jspecify.annotations.Nullable;

/// A whole answer; it never changes once it is stored.
///
/// @param content the text; at most [Reply#MAX_BYTES] of UTF-8
/// @param finishReason why the model stopped, in the provider's word: `stop`, `length`
/// @param model the model that answered, in the provider's word
/// @param provider the name of the provider in the settings
/// @param usage null when the provider did not say
/// @param promptVersion the system prompt that the model was told, as
///   [dev.prosa.core.prompt.Prompt#version] has it; null when it was told none
public record Reply(
    String content,
    String finishReason,
    String model,
    String provider,
    @Nullable Usage usage,
    @Nullable String promptVersion) {

  /// Leaves room for a prompt of 32 KiB and the other attributes in an item of 380 KB; DynamoDB
  /// allows 400 KB (Amazon DynamoDB Developer Guide, "Item size").
  public static final int MAX_BYTES = 320_000;

  /// A reply of a model that was told no system prompt.
  public Reply(
      String content, String finishReason, String model, String provider, @Nullable Usage usage) {
    this(content, finishReason, model, provider, usage, null);
  }
}
