package dev.prosa.front;

import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// Creates what Prosa finds on AWS, in an emulator: the queue with its dead-letter queue, the
/// table, and the parameters of a file. What is there stays as it is, so it can be run again.
///
/// Exit codes: 0 when everything is there; 1 when it is not after two minutes; 2 when the settings
/// or the arguments are wrong.
public final class ResourcesMain {

  private static final int EXIT_UNAVAILABLE = 1;
  private static final int EXIT_USAGE = 2;

  /// An emulator that was started a moment ago loads its services one by one.
  private static final int TRIES = 60;

  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));

  private ResourcesMain() {}

  /// Runs once.
  ///
  /// @param args a file of `name=value` lines for the Parameter Store, or nothing
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args));
  }

  @SuppressWarnings("SystemOut") // speaks to a person
  private static int run(String[] args) throws InterruptedException {
    try {
      var settings = Settings.ofEnvironment();
      var parameters = new Properties();
      if (args.length > 0) {
        try (var file = Files.newBufferedReader(Path.of(args[0]))) {
          parameters.load(file);
        }
      }
      return create(settings, parameters) ? 0 : EXIT_UNAVAILABLE;
    } catch (InvalidSettingsException e) {
      System.err.println(e.getMessage());
    } catch (IOException e) {
      System.err.println("resources: cannot read " + args[0] + ": " + e);
    }
    return EXIT_USAGE;
  }

  @SuppressWarnings("SystemOut") // speaks to a person
  private static boolean create(Settings settings, Properties parameters)
      throws InterruptedException {
    for (int left = TRIES; left > 0; left--) {
      try {
        createOnce(settings, parameters);
        return true;
      } catch (SdkException | StoreUnavailableException e) {
        System.out.printf("resources: not yet (%s); %d tries left%n", e.getMessage(), left - 1);
        Thread.sleep(BETWEEN);
      }
    }
    return false;
  }

  @SuppressWarnings("SystemOut") // speaks to a person
  private static void createOnce(Settings settings, Properties parameters) {
    var queue = settings.text(Setting.QUEUE);
    SqsQueues.createIfMissing(target(settings, Setting.SQS_ENDPOINT), queue);
    System.out.printf("resources: queues %s and %s-dlq are there%n", queue, queue);
    var table = settings.text(Setting.TABLE);
    DynamoDbTable.createIfMissing(target(settings, Setting.DYNAMODB_ENDPOINT), table);
    System.out.printf("resources: table %s is there%n", table);
    if (!parameters.isEmpty()) {
      put(target(settings, Setting.SSM_ENDPOINT), parameters);
    }
  }

  @SuppressWarnings("SystemOut") // speaks to a person
  private static void put(AwsTarget store, Properties parameters) {
    try (var client = store.configure(SsmClient.builder(), PATIENCE).build()) {
      for (var name : new TreeSet<>(parameters.stringPropertyNames())) {
        var value = parameters.getProperty(name);
        try {
          client.putParameter(r -> r.name(name).value(value).type(ParameterType.STRING));
        } catch (ParameterAlreadyExistsException e) {
          // whoever changed it meant it
        }
        System.out.printf("resources: parameter %s is there%n", name);
      }
    }
  }

  private static AwsTarget target(Settings settings, Setting endpoint) {
    return new AwsTarget(settings.text(Setting.AWS_REGION), settings.urlOrNull(endpoint));
  }
}
