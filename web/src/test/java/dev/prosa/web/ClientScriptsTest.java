package dev.prosa.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the tests in `src/test/js`: each file exports `tests`, a function under each name.
class ClientScriptsTest {

  private static final Path FOLDER = Path.of("src", "test", "js");
  private static final Path PAGES = Path.of("src", "main", "resources", "web");
  private static final Path DOCS = Path.of("..", "docs");

  private final Context context =
      Context.newBuilder("js")
          .allowIO(IOAccess.ALL)
          .option("engine.WarnInterpreterOnly", "false")
          .option("js.esm-eval-returns-exports", "true")
          .build();

  @AfterEach
  void close() {
    context.close();
  }

  @TestFactory
  Stream<DynamicTest> what_one_reply_looks_like() throws IOException {
    return tests("reply-view.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_one_connection_does() throws IOException {
    return tests("connection.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_the_documentation_says_of_the_client() throws IOException {
    return tests("client.test.js");
  }

  @TestFactory
  Stream<DynamicTest> how_often_a_request_is_repeated() throws IOException {
    return tests("http.test.js");
  }

  @TestFactory
  Stream<DynamicTest> when_a_message_is_sent() throws IOException {
    return tests("sending.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_was_written_and_not_sent() throws IOException {
    return tests("drafts.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_goes_with_a_message() throws IOException {
    return tests("trace.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_the_page_says() throws IOException {
    return tests("phase.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_it_says_in_other_languages() throws IOException {
    return tests("texts.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_a_reply_has_cost() throws IOException {
    return tests("details.test.js");
  }

  @TestFactory
  Stream<DynamicTest> what_is_shown_of_unfinished_markdown() throws IOException {
    return tests("unfinished.test.js");
  }

  private Stream<DynamicTest> tests(String file) throws IOException {
    var source =
        Source.newBuilder("js", FOLDER.resolve(file).toFile())
            .mimeType("application/javascript+module")
            .build();
    var bindings = context.getBindings("js");
    bindings.putMember("openapi", Files.readString(DOCS.resolve("openapi.yaml")));
    bindings.putMember("clientDoc", Files.readString(DOCS.resolve("client.md")));
    var chat = Files.readString(PAGES.resolve("index.html"));
    bindings.putMember("html", chat + Files.readString(PAGES.resolve("ops/index.html")));
    var tests = context.eval(source).getMember("tests");
    return tests.getMemberKeys().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> run(tests.getMember(name))));
  }

  /// A test fails by throwing, and what it throws says why. One that is a promise has settled when
  /// the engine returns, since nothing in it waits for anything outside.
  private static void run(Value test) {
    try {
      var result = test.execute();
      if (result.canInvokeMember("then")) {
        var outcome = new CompletableFuture<@Nullable Value>();
        ProxyExecutable succeeded = _ -> outcome.complete(null);
        ProxyExecutable failed = reason -> outcome.complete(reason[0]);
        result.invokeMember("then", succeeded, failed);
        assertThat(outcome).as("the test comes to an end").isCompleted();
        assertThat(outcome.join()).isNull();
      }
    } catch (PolyglotException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
