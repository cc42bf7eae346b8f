package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.documents.AsyncApi;
import dev.prosa.core.reply.ReplyEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// `docs/asyncapi.yaml` has what there is, and nothing else.
class DocumentedTest {

  static final List<GatewayEvent> EVENTS =
      List.of(
          new GatewayEvent.ConnectionReady(ConnectionId.create(), 20, "prosa.v1"),
          new GatewayEvent.ConnectionClosing("draining", 0),
          new GatewayEvent.AuthExpiring("2026-03-01T12:00:00Z"),
          new GatewayEvent.AuthRefreshed("2026-03-01T12:00:00Z"),
          new GatewayEvent.AuthRefreshed(null),
          GatewayEvent.Refusal.invalidMessage(),
          GatewayEvent.Refusal.rateLimited(),
          GatewayEvent.Refusal.notFound("a job"),
          GatewayEvent.Refusal.unavailable(null),
          new GatewayEvent.Pong());

  @ParameterizedTest
  @FieldSource("EVENTS")
  void what_a_gateway_says_is_documented(GatewayEvent event) {
    assertThatCode(() -> AsyncApi.DOCUMENTED.requireFromServer(event.toJson()))
        .doesNotThrowAnyException();
  }

  @Test
  void there_is_one_of_each_event() {
    assertThat(EVENTS.stream().map(Object::getClass).distinct())
        .hasSize(names(GatewayEvent.class).size());
  }

  @Test
  void every_type_of_frame_is_documented_and_no_other() {
    var types = new ArrayList<>(names(GatewayEvent.class));
    types.addAll(names(ReplyEvent.class));

    assertThat(AsyncApi.DOCUMENTED.serverTypes()).containsExactlyInAnyOrderElementsOf(types);
  }

  private static List<String> names(Class<?> events) {
    var types = Objects.requireNonNull(events.getAnnotation(JsonSubTypes.class)).value();
    assertThat(events.getPermittedSubclasses()).hasSameSizeAs(types);
    return Arrays.stream(types).map(JsonSubTypes.Type::name).toList();
  }

  @Test
  void what_a_client_may_say_is_understood_and_nothing_else_is() {
    var understood =
        AsyncApi.DOCUMENTED.clientExamples().stream().map(ClientMessageParser::parse).toList();

    assertThat(understood.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(
            ClientMessage.Resume.class,
            ClientMessage.Cancel.class,
            ClientMessage.Refresh.class,
            ClientMessage.Ping.class)
        .hasSameSizeAs(AsyncApi.DOCUMENTED.clientTypes());
  }

  @Test
  void every_close_code_is_documented_and_no_other() {
    var codes = new TreeMap<String, Integer>();
    for (var code : CloseCode.values()) {
      codes.put(code.name().toLowerCase(Locale.ROOT), code.number());
    }

    assertThat(AsyncApi.DOCUMENTED.closeCodes()).isEqualTo(codes);
  }
}
