package dev.prosa.core.documents;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An answer as a client gets it.
///
/// @param headers by name, whatever its case
/// @param body empty when there is none
public record HttpAnswer(int status, Map<String, String> headers, String body) {

  public HttpAnswer {
    var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  /// Without its parameters; empty when there is none.
  String mediaType() {
    return headers.getOrDefault("Content-Type", "").replaceAll(";.*", "").strip();
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
