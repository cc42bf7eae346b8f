package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.documents.OpenApi;
import dev.prosa.core.documents.Operation;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// `docs/openapi.yaml` has what there is, and nothing else.
class DocumentedTest {

  /// What only a process of `./prosa up` serves.
  private static final Operation KEYS = new Operation("GET", "/.well-known/jwks.json");

  @Test
  void every_route_is_documented_and_no_other() {
    var routes = new TreeSet<Operation>();
    IngestMain.routes(new Api().ingest()).forEach(r -> routes.add(Documented.operation(r)));
    routes.add(Documented.operation(IngestMain.metrics(() -> "")));
    routes.add(KEYS);

    assertThat(OpenApi.DOCUMENTED.operations()).containsExactlyElementsOf(routes);
  }

  @Test
  void every_problem_code_is_documented_and_no_other() {
    var codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::code).sorted().toList();

    assertThat(OpenApi.DOCUMENTED.values("ProblemCode")).containsExactlyElementsOf(codes);
  }

  @Test
  void an_answer_that_says_more_than_it_should_fails_the_test_that_got_it() {
    var api = new Api();
    var leaky =
        new APIGatewayProxyResponseEvent()
            .withStatusCode(201)
            .withHeaders(Map.of("Content-Type", "application/json"))
            .withBody(api.ticket().event().getBody().replace("}", ",\"owner\":\"ann\"}"));

    assertThatThrownBy(() ->
            Documented.require(
                new PostTicketHandler(api.ingest()), new APIGatewayProxyRequestEvent(), leaky))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("owner");
  }
}
