package dev.prosa.ingest.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The JDK's server, with a virtual thread for every request. What is no HTTP, and a target that is
/// no URI, such as `/%zz`, it answers by itself with 400 and a line of HTML; nobody can have a say
/// in that (`sun.net.httpserver.ServerImpl`), and API Gateway has an answer of its own as well.
final class HttpLambdaServer implements HttpFront {

  private static final Logger LOG = LoggerFactory.getLogger(HttpLambdaServer.class);
  private static final int BACKLOG = 256;
  private static final int CLOSE_SECONDS = 1;

  /// Requests at once; more wait in the socket's backlog.
  private static final int MAX_REQUESTS = 512;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(MAX_REQUESTS);
  private final HttpAdmission admission;
  private final List<Route> routes;
  private final StaticFiles files;
  private volatile boolean stopping;

  private HttpLambdaServer(
      HttpServer server, HttpAdmission admission, List<Route> routes, StaticFiles files) {
    this.server = server;
    this.admission = admission;
    this.routes = List.copyOf(routes);
    this.files = files;
  }

  static HttpLambdaServer start(Listening listening, List<Route> routes, StaticFiles files) {
    HttpFront.limitServersOfThisProcess();
    try {
      var server =
          HttpServer.create(new InetSocketAddress(listening.address(), listening.port()), BACKLOG);
      var admission = new HttpAdmission(listening, server.getAddress().getPort());
      var front = new HttpLambdaServer(server, admission, routes, files);
      server.createContext("/", front::serve);
      server.setExecutor(front.threads);
      server.start();
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) {
    permits.acquireUninterruptibly();
    try (exchange) {
      answer(new HttpTalk(exchange));
    } catch (IOException e) {
      LOG.debug("the client left before it was answered", e);
    } catch (RuntimeException e) {
      LOG.error("a request broke off without an answer", e);
    } finally {
      permits.release();
    }
  }

  private void answer(HttpTalk talk) throws IOException {
    var origin = talk.header("Origin");
    talk.say(admission.pages().sharing(origin));
    var refused = admission.refusal(talk.header("Host"), origin);
    if (refused != null) {
      talk.send(refused);
      return;
    }
    var path = talk.rawPath();
    for (var route : routes) {
      var variables = route.method().equals(talk.method()) ? route.match(path) : null;
      if (variables != null) {
        serveRoute(talk, route, variables);
        return;
      }
    }
    answerWithoutRoute(talk);
  }

  private void serveRoute(HttpTalk talk, Route route, Map<String, String> variables)
      throws IOException {
    var body = talk.body();
    if (body == null) {
      talk.send(
          Problem.of(
              ProblemCode.BODY_TOO_LARGE,
              "A body has at most " + HttpTalk.MAX_BODY_BYTES + " bytes."));
      return;
    }
    var text = HttpTalk.text(body);
    if (text == null) {
      talk.send(Problem.of(ProblemCode.INVALID_JSON, "The body is not UTF-8."));
      return;
    }
    var event = talk.event(variables, text).withResource(route.template());
    talk.send(
        route
            .handler()
            .handleRequest(event, new HttpLambdaContext(route.template(), () -> stopping)));
  }

  private void answerWithoutRoute(HttpTalk talk) throws IOException {
    var path = talk.rawPath();
    var allowed =
        routes.stream()
            .filter(route -> route.match(path) != null)
            .map(Route::method)
            .collect(Collectors.toCollection(TreeSet::new));
    if (talk.isPreflight() && !allowed.isEmpty()) {
      talk.say(PageAccess.preflight(allowed));
      talk.sendNothing();
      return;
    }
    var file = allowed.isEmpty() && talk.isRead() ? files.find(talk.path()) : null;
    if (file != null) {
      talk.send(file);
    } else if (allowed.isEmpty()) {
      talk.send(Problem.of(ProblemCode.ROUTE_NOT_FOUND, "Look at README.md for the routes."));
    } else {
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      var methods = String.join(", ", allowed);
      talk.say(Map.of("Allow", methods));
      talk.send(Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Allowed: " + methods));
    }
  }

  @Override
  public void close() {
    stopping = true;
    server.stop(CLOSE_SECONDS);
    threads.close();
  }
}
