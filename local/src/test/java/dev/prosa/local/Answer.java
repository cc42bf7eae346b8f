package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/// An HTTP answer.
record Answer(int status, HttpHeaders headers, JsonNode body) {

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  String text(String field) {
    return body.path(field).asText();
  }
}
