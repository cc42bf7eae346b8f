package dev.prosa.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/// The client of the chat page, in an engine of its own, talking to a server.
final class PageCalls implements AutoCloseable {

  private static final Path SCRIPT = Path.of("src", "test", "js", "page-calls.js");

  private final Context context =
      Context.newBuilder("js")
          .allowIO(IOAccess.ALL)
          .option("engine.WarnInterpreterOnly", "false")
          .option("js.esm-eval-returns-exports", "true")
          .build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final Value calls;

  PageCalls(URI server) throws IOException {
    this.server = server;
    this.calls =
        context.eval(
            Source.newBuilder("js", SCRIPT.toFile())
                .mimeType("application/javascript+module")
                .build());
  }

  /// What a function of the script comes to.
  ///
  /// @param more its arguments behind the network
  String make(String call, String... more) {
    ProxyExecutable network = this::ask;
    var arguments = new Object[1 + more.length];
    arguments[0] = network;
    System.arraycopy(more, 0, arguments, 1, more.length);
    var outcome = new CompletableFuture<String>();
    ProxyExecutable succeeded = result -> outcome.complete(result[0].asString());
    ProxyExecutable failed =
        why -> outcome.completeExceptionally(new AssertionError(call + ": " + why[0]));
    calls.getMember(call).execute(arguments).invokeMember("then", succeeded, failed);
    return outcome.join();
  }

  private Object ask(Value... request) {
    var body = request[3].isNull() ? "" : request[3].asString();
    var wanted =
        HttpRequest.newBuilder(server.resolve(request[1].asString()))
            .method(
                request[0].asString(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (var name : request[2].getMemberKeys()) {
      wanted.header(name, request[2].getMember(name).asString());
    }
    try {
      var answer = http.send(wanted.build(), BodyHandlers.ofString());
      return ProxyArray.fromArray(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new AssertionError(request[1].asString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(request[1].asString(), e);
    }
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
