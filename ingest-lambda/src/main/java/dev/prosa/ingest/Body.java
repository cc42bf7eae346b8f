package dev.prosa.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.ingest.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The JSON object in the body of a request. Fields that nobody asks for are ignored.
///
/// @param text the body as it came
/// @param tree the object
record Body(String text, JsonNode tree) {

  /// The largest message is 32 KiB, and JSON may spell a byte with six characters.
  static final int MAX_CHARS = 256 * 1024;

  /// Deep enough for any field there is or will be.
  private static final int MAX_DEPTH = 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static Body of(Request request) {
    requireJson(request);
    var text = text(request);
    if (text.length() > MAX_CHARS) {
      throw Request.refuse(
          ProblemCode.BODY_TOO_LARGE, "A body has at most " + MAX_CHARS + " characters.", null);
    }
    try {
      var tree = JSON.readTree(text);
      if (tree == null || !tree.isObject()) {
        throw Request.refuse(ProblemCode.INVALID_BODY, "Send a JSON object.", null);
      }
      return new Body(text, tree);
    } catch (JsonProcessingException e) {
      throw Request.refuse(ProblemCode.INVALID_JSON, "The body cannot be read as JSON.", null);
    }
  }

  /// A page of another origin can send other media types without asking first, so insisting on this
  /// one keeps such pages out.
  private static void requireJson(Request request) {
    var type = request.headers().getOrDefault("Content-Type", "").toLowerCase(Locale.ROOT);
    var encoding = request.headers().getOrDefault("Content-Encoding", "identity");
    if (!type.matches("application/json\\s*(;.*)?") || !encoding.equalsIgnoreCase("identity")) {
      throw Request.refuse(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Send Content-Type: application/json, and no Content-Encoding.",
          "Content-Type");
    }
  }

  private static String text(Request request) {
    var body = Objects.requireNonNullElse(request.event().getBody(), "");
    if (!Boolean.TRUE.equals(request.event().getIsBase64Encoded())) {
      return body;
    }
    try {
      return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Request.refuse(ProblemCode.INVALID_JSON, "The body is not base64.", null);
    }
  }

  /// A text field; null when it is absent or null.
  @Nullable String textOrNull(String field) {
    var node = tree.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw Request.refuse(ProblemCode.INVALID_FIELD, field + " must be text.", field);
    }
    return node.asText();
  }

  /// A number field; `fallback` when it is absent or null.
  double numberOr(String field, double fallback) {
    var node = tree.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return fallback;
    }
    if (!node.isNumber()) {
      throw Request.refuse(ProblemCode.INVALID_FIELD, field + " must be a number.", field);
    }
    return node.asDouble();
  }

  /// SHA-256 of the body in hexadecimal.
  String hash() {
    return hash(text);
  }

  /// SHA-256 of a text in hexadecimal.
  static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
