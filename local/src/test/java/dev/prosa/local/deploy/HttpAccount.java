package dev.prosa.local.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands where an AWS account stands for `npx serverless`: one stack that is made at once of
/// whatever is uploaded, and one bucket. It knows the calls of osls 4.3.1, and no others.
final class HttpAccount implements AutoCloseable {

  private static final String ARN =
      "arn:aws:cloudformation:us-east-1:000000000000:stack/prosa-dev/1";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> bucket = new TreeMap<>();
  private final Map<Integer, byte[]> parts = new TreeMap<>();
  private String stack = "";
  private byte[] deployed = {};

  HttpAccount() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /// What `npx serverless` has to know of it.
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test",
        "AWS_REGION", "us-east-1");
  }

  /// The status of the stack; empty while there is none.
  synchronized String stack() {
    return stack;
  }

  /// The template that the stack was made of last.
  synchronized byte[] template() {
    return deployed.clone();
  }

  /// The files in the bucket of the deployment, by their names.
  synchronized Map<String, byte[]> bucket() {
    return Map.copyOf(bucket);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "/");
      var target = exchange.getRequestHeaders().getFirst("x-amz-target");
      if (target != null) {
        send(exchange, 400, "{\"__type\":\"RepositoryNotFoundException\"}");
      } else if (path.contains("/functions/")) {
        send(exchange, 404, "{\"Message\":\"there is no such function yet\"}");
      } else if (path.equals("/")) {
        call(exchange, form(new String(body, StandardCharsets.UTF_8)));
      } else {
        store(exchange, path.split("/", 3)[2], body);
      }
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (var pair : body.split("&", -1)) {
      var at = pair.indexOf('=');
      form.put(
          pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return form;
  }

  private synchronized void call(HttpExchange exchange, Map<String, String> form)
      throws IOException {
    var action = form.getOrDefault("Action", "");
    if (action.equals("DescribeStacks") && stack.isEmpty()) {
      send(
          exchange,
          400,
          "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id prosa-dev does"
              + " not exist</Message></Error></ErrorResponse>");
      return;
    }
    send(
        exchange,
        200,
        "<%1$sResponse><%1$sResult>%2$s</%1$sResult></%1$sResponse>"
            .formatted(action, result(action, form)));
  }

  private String result(String action, Map<String, String> form) {
    var url = form.getOrDefault("TemplateURL", "");
    return switch (action) {
      case "GetCallerIdentity" -> "<Arn>arn:aws:iam::0:user/x</Arn><Account>000000000000</Account>";
      case "DescribeStacks" ->
          "<Stacks><member><StackName>prosa-dev</StackName><StackId>%s</StackId><StackStatus>%s"
                  .formatted(ARN, stack)
              + "</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime></member></Stacks>";
      case "CreateChangeSet" -> {
        deployed =
            url.isEmpty()
                ? form.getOrDefault("TemplateBody", "").getBytes(StandardCharsets.UTF_8)
                : uploaded(url);
        yield "<Id>changes</Id><StackId>%s</StackId>".formatted(ARN);
      }
      case "DescribeChangeSet" ->
          "<StackId>%s</StackId><Status>CREATE_COMPLETE</Status>".formatted(ARN)
              + "<ExecutionStatus>AVAILABLE</ExecutionStatus>";
      case "ExecuteChangeSet" -> {
        stack = stack.isEmpty() ? "CREATE_COMPLETE" : "UPDATE_COMPLETE";
        yield "";
      }
      case "DeleteStack" -> {
        stack = "DELETE_COMPLETE";
        yield "";
      }
      case "DescribeStackEvents" ->
          "<StackEvents><member>%s</member></StackEvents>".formatted(event());
      case "DescribeStackResource" ->
          "<StackResourceDetail><PhysicalResourceId>bucket</PhysicalResourceId></StackResourceDetail>";
      case "ListStackResources", "ValidateTemplate", "DeleteChangeSet" -> "";
      default -> throw new IllegalArgumentException("nobody answers " + action);
    };
  }

  /// A moment ahead: what lies before the command began is not its event.
  private String event() {
    var soon = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    return "<EventId>%s</EventId><StackId>%s</StackId>".formatted(soon.getEpochSecond(), ARN)
        + "<StackName>prosa-dev</StackName><LogicalResourceId>prosa-dev</LogicalResourceId>"
        + "<PhysicalResourceId>%s</PhysicalResourceId>".formatted(ARN)
        + "<ResourceType>AWS::CloudFormation::Stack</ResourceType>"
        + "<Timestamp>%s</Timestamp><ResourceStatus>%s</ResourceStatus>".formatted(soon, stack);
  }

  private byte[] uploaded(String url) {
    var key = URLDecoder.decode(url.substring(url.indexOf("/bucket/") + 8), StandardCharsets.UTF_8);
    return Objects.requireNonNull(bucket.get(key), key);
  }

  /// Large files come in parts.
  private synchronized void store(HttpExchange exchange, String key, byte[] body)
      throws IOException {
    var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
    var method = exchange.getRequestMethod();
    exchange.getResponseHeaders().set("ETag", "\"e\"");
    if (method.equals("PUT") && query.contains("partNumber=")) {
      parts.put(Integer.valueOf(query.replaceFirst(".*partNumber=(\\d+).*", "$1")), body);
    } else if (method.equals("PUT")) {
      bucket.put(key, body);
    } else if (query.startsWith("uploadId=")) {
      bucket.put(key, joined());
    } else if (query.startsWith("delete")) {
      bucket.clear();
    }
    send(exchange, 200, answer(method, query));
  }

  private byte[] joined() {
    var whole = new ByteArrayOutputStream();
    parts.values().forEach(whole::writeBytes);
    parts.clear();
    return whole.toByteArray();
  }

  private String answer(String method, String query) {
    if (method.equals("GET")) {
      var files = new StringBuilder();
      bucket.keySet().forEach(k -> files.append("<Contents><Key>%s</Key></Contents>".formatted(k)));
      return "<ListBucketResult>%s</ListBucketResult>".formatted(files);
    }
    if (query.startsWith("uploads")) {
      return "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
    }
    if (query.startsWith("uploadId=")) {
      return "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>";
    }
    return query.startsWith("delete") ? "<DeleteResult></DeleteResult>" : "";
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    var type = text.startsWith("{") ? "application/x-amz-json-1.1" : "text/xml";
    exchange.getResponseHeaders().set("Content-Type", type);
    var head = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
