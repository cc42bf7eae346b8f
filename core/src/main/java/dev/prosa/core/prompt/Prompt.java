package dev.prosa.core.prompt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A system prompt: what a model is told before the conversation.
///
/// @param name what messages call it: lower-case letters, digits and `-`
/// @param text not blank; at most [Prompts#MAX_CHARS]
public record Prompt(String name, String text) {

  private static final int HASH_DIGITS = 12;

  /// Tells this text from others under the same name: the name, `@`, and the first 12 hexadecimal
  /// digits of the SHA-256 of the text in UTF-8.
  public String version() {
    var hash = HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    return name + "@" + hash.substring(0, HASH_DIGITS);
  }

  /// Never shows the text: who wrote it may want it to be nobody else's.
  @Override
  public String toString() {
    return version();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
