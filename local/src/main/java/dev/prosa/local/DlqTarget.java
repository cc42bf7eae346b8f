package dev.prosa.local;

import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Setting;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The queue, the table and the Redis that a command is about.
///
/// @param sqs where the queues are
/// @param dynamoDb where the table is
/// @param redis where Redis is; it may be away
/// @param queue the name of the job queue
/// @param table the name of the table
record DlqTarget(AwsTarget sqs, AwsTarget dynamoDb, URI redis, String queue, String table) {

  private static final String WAYS =
      "start ./prosa up, or set PROSA_SQS_ENDPOINT and PROSA_DYNAMODB_ENDPOINT, or say --aws.";

  /// Endpoints that are set count most; then AWS, when it is asked for; then the process that runs
  /// on the data folder. Endpoints of two worlds are never mixed by guessing.
  ///
  /// @throws StartException when that leaves nothing, in one sentence
  static DlqTarget of(LocalSettings local, boolean aws) {
    var settings = local.settings();
    var sqs = settings.urlOrNull(Setting.SQS_ENDPOINT);
    var dynamoDb = settings.urlOrNull(Setting.DYNAMODB_ENDPOINT);
    var run = aws ? null : RunFile.read(local.data());
    if (run != null && run.isLive() && agrees(sqs, run.sqs()) && agrees(dynamoDb, run.dynamoDb())) {
      return ofRun(local, run);
    }
    if (aws || (sqs != null && dynamoDb != null)) {
      var region = settings.text(Setting.AWS_REGION);
      return new DlqTarget(
          new AwsTarget(region, sqs),
          new AwsTarget(region, dynamoDb),
          URI.create(settings.text(Setting.REDIS_URL)),
          settings.text(Setting.QUEUE),
          settings.text(Setting.TABLE));
    }
    throw new StartException(whyNone(local, run, sqs != null || dynamoDb != null), null);
  }

  private static boolean agrees(@Nullable URI set, String running) {
    return set == null || set.equals(URI.create(running));
  }

  private static DlqTarget ofRun(LocalSettings local, RunFile run) {
    return new DlqTarget(
        new AwsTarget(run.region(), URI.create(run.sqs())),
        new AwsTarget(run.region(), URI.create(run.dynamoDb())),
        URI.create(given(local, Setting.REDIS_URL, run.redis())),
        given(local, Setting.QUEUE, run.queue()),
        given(local, Setting.TABLE, run.table()));
  }

  private static String given(LocalSettings local, Setting setting, String running) {
    return local.settings().isSet(setting)
        ? Objects.requireNonNull(local.settings().textOrNull(setting))
        : running;
  }

  private static String whyNone(LocalSettings local, @Nullable RunFile run, boolean oneIsSet) {
    if (oneIsSet) {
      return "Only one of PROSA_SQS_ENDPOINT and PROSA_DYNAMODB_ENDPOINT is set: set both,"
          + " or say --aws if the other one is AWS.";
    }
    var file = RunFile.in(local.data());
    return run == null
        ? "No Prosa runs on %s: ".formatted(local.data()) + WAYS
        : "%s was left by process %d, which is gone: ".formatted(file, run.pid()) + WAYS;
  }
}
