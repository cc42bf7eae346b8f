package dev.prosa.bench;

import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.local.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// How long a cold Lambda function takes: the artifact that is deployed, in a fresh JVM, under
/// AWS's own runtime client. SnapStart is not here: it would leave only what comes after the
/// snapshot.
final class LambdaStart implements Measurement {

  private static final Path ARTIFACT = Path.of("ingest-lambda", "target", "lambda.zip");

  /// AWS's client of the runtime API, which Lambda brings itself.
  private static final Path RUNTIME = Path.of("bench", "target", "lambda-runtime");

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String HANDLER = "dev.prosa.ingest.PostMessageHandler";
  private static final double MEGABYTE = 1e6;

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public String about() {
    return "a cold Lambda function: start of its JVM to the first 202, without a snapshot";
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var ready = new Samples();
    var accepted = new Samples();
    var afterwards = new Samples();
    var busy = new Samples();
    try (var folder = Folder.create();
        var sqs = EmbeddedServer.elasticMqInMemory(0);
        var dynamoDb = EmbeddedServer.dynamoDbInMemory(0);
        var redis = EmbeddedServer.redis(0, folder.path().resolve("redis"))) {
      SqsQueues.createIfMissing(new AwsTarget("us-east-1", sqs.uri()), "prosa-jobs");
      DynamoDbTable.createIfMissing(new AwsTarget("us-east-1", dynamoDb.uri()), "prosa");
      unpack(folder.path().resolve("task"));
      var settings =
          Map.of(
              "PROSA_SQS_ENDPOINT", sqs.uri().toString(),
              "PROSA_DYNAMODB_ENDPOINT", dynamoDb.uri().toString(),
              "PROSA_REDIS_URL", redis.uri().toString(),
              "PROSA_USER_REQUESTS_PER_MINUTE", "0",
              "PROSA_USER_JOBS_IN_FLIGHT", "0");
      for (var run = 0; run < options.runs(); run++) {
        try (var runtime = new HttpLambdaRuntime()) {
          var begin = System.nanoTime();
          var process = start(folder.path(), runtime, settings);
          try {
            ready.add(Duration.ofNanos(runtime.readyNanos() - begin));
            accepted.add(Duration.ofNanos(runtime.acceptedNanos() - begin));
            afterwards.add(Duration.ofNanos(runtime.acceptedNanos() - runtime.readyNanos()));
            busy.add(process.info().totalCpuDuration().orElse(Duration.ZERO));
          } finally {
            process.destroyForcibly();
            process.onExit().join();
          }
        }
      }
    }
    return new Report(name(), how(options), figures(List.of(ready, accepted, afterwards, busy)));
  }

  private static String how(Options options) {
    return """
    %d cold starts of the packaged function behind POST /v1/messages, each in a fresh JVM with the \
    flags of Lambda and AWS's runtime client, on ElasticMQ, DynamoDB Local and Redis. No snapshot, \
    no CDS archive; Lambda itself gives 1024 MB a little more than half a core.\
    """
        .formatted(options.runs());
  }

  private static List<Figure> figures(List<Samples> samples) {
    var accepted = samples.get(1);
    return List.of(
        Figure.of("JVM start to first 202, p50", accepted.median()),
        Figure.of("JVM start to first 202, max", accepted.percentile(100)),
        Figure.of("of it until ready (what a snapshot saves), p50", samples.get(0).median()),
        Figure.of("of it the first request, p50", samples.get(2).median()),
        Figure.of("processor time until then, p50", samples.get(3).median()),
        Figure.ofText("artifact", Figure.decimal("%.1f MB", size() / MEGABYTE)));
  }

  private static long size() {
    try {
      return Files.size(ARTIFACT);
    } catch (IOException e) {
      throw new UncheckedIOException(ARTIFACT + " is not there", e);
    }
  }

  private static void unpack(Path folder) {
    try (var zip = new ZipFile(ARTIFACT.toFile())) {
      Files.createDirectories(folder.resolve("lib"));
      for (var entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        unpack(zip, entry, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + ARTIFACT, e);
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
    var name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    try (var in = Objects.requireNonNull(zip.getInputStream(entry))) {
      Files.copy(in, folder.resolve("lib").resolve(name));
    }
  }

  /// The flags are those that Lambda's own runtime for Java gives (AWS Lambda Developer Guide,
  /// "Customize Java runtime startup behavior").
  private static Process start(
      Path folder, HttpLambdaRuntime runtime, Map<String, String> settings) {
    var builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-XX:+TieredCompilation",
            "-XX:TieredStopAtLevel=1",
            "-Xmx900m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            RUNTIME.toAbsolutePath() + "/*:" + folder.resolve("task/lib") + "/*",
            CLIENT,
            HANDLER);
    var environment = builder.environment();
    environment.keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI|AWS)_.*"));
    environment.putAll(settings);
    environment.put("AWS_LAMBDA_RUNTIME_API", runtime.address());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "bench");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "bench");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "bench");
    environment.put("AWS_REGION", "us-east-1");
    environment.put("LAMBDA_TASK_ROOT", folder.resolve("task").toString());
    environment.put("_HANDLER", HANDLER);
    try {
      return builder
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("function.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the function", e);
    }
  }
}
