package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a handler answered.
record Said(APIGatewayProxyResponseEvent event) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  int status() {
    return event.getStatusCode();
  }

  String header(String name) {
    return event.getHeaders().getOrDefault(name, "");
  }

  JsonNode json() {
    return parse(event.getBody());
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  String text(String field) {
    return json().path(field).asText();
  }

  List<String> texts(String list, String field) {
    var found = new ArrayList<String>();
    json().path(list).forEach(node -> found.add(node.path(field).asText()));
    return found;
  }

  List<String> fields() {
    return json().propertyStream().map(Map.Entry::getKey).toList();
  }

  /// The answer is this problem document, and tells nothing about our insides.
  void isProblem(ProblemCode code, String field) {
    isProblem(code);
    assertThat(text("field")).isEqualTo(field);
  }

  void isProblem(ProblemCode code) {
    assertThat(text("code")).isEqualTo(code.code());
    assertThat(status()).isEqualTo(code.status());
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(json().path("status").asInt()).isEqualTo(code.status());
    assertThat(text("type")).isEqualTo("about:blank");
    assertThat(text("title")).isEqualTo(code.title());
    assertThat(text("detail")).isNotBlank();
    assertThat(event.getBody()).doesNotContain("Exception", "\\tat ", "dev.prosa", Broken.SECRET);
  }
}
