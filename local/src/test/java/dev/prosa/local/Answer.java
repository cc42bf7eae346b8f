package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/// An HTTP answer.
public record Answer(int status, HttpHeaders headers, JsonNode body) {

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public String text(String field) {
    return body.path(field).asText();
  }
}
