package dev.prosa.ingest;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.http.HttpFront;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// The HTTP API gives the chat page what it relies on: every call of the pact that its own client
/// has written in `web`, over a real server.
@Provider("prosa")
@PactFolder("pact")
class PagePactTest {

  private final Api api = new Api().as(Api.ANN);
  private final HttpFront front = HttpFront.start(IngestMain.routes(api.ingest()));

  /// Pact tells nobody that it was used.
  @BeforeAll
  static void tellPact() {
    System.setProperty("pact_do_not_track", "true");
  }

  @BeforeEach
  void callTheServer(PactVerificationContext pact) {
    pact.setTarget(new HttpTestTarget("127.0.0.1", front.port()));
  }

  @AfterEach
  void close() {
    front.close();
  }

  @TestTemplate
  @ExtendWith(PactVerificationInvocationContextProvider.class)
  void the_page_gets(PactVerificationContext pact) {
    pact.verifyInteraction();
  }

  @State("somebody who says nothing yet")
  void nobody() {}

  @State("a message that waits")
  Map<String, String> waiting() {
    return said("a message that waits");
  }

  @State("an answered message")
  Map<String, String> answered() {
    var ids = said("Hello!");
    var reply = new Reply("Hi.", "stop", "m-1", "host", null);
    api.end(ids.getOrDefault("jobId", ""), new TurnState.Completed(reply));
    return ids;
  }

  /// Said by the user whom a page without a token belongs to.
  private Map<String, String> said(String content) {
    var said = api.without("Authorization").say(content);
    return Map.of("jobId", said.text("jobId"), "conversationId", said.text("conversationId"));
  }
}
