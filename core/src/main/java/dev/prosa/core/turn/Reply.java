package dev.prosa.core.turn;

import org.jspecify.annotations.Nullable;

/// A whole answer; it never changes once it is stored.
///
/// @param content the text; at most [Reply#MAX_BYTES] of UTF-8
/// @param finishReason why the model stopped, in the provider's word: `stop`, `length`
/// @param model the model that answered, in the provider's word
/// @param provider the name of the provider in the settings
/// @param usage null when the provider did not say
public record Reply(
    String content, String finishReason, String model, String provider, @Nullable Usage usage) {

  /// Leaves room for a prompt of 32 KiB and the other attributes in an item of 380 KB; DynamoDB
  /// allows 400 KB (Amazon DynamoDB Developer Guide, "Item size").
  public static final int MAX_BYTES = 320_000;
}
