package dev.prosa.local.localstack;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// Starts the emulator before the first test, tells all tests where it is, and skips them in one
/// sentence where there is no Docker engine. Testcontainers stops it with the JVM.
public final class LocalStack implements ExecutionCondition {

  /// The last one that needs no account.
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private static final int PORT = 4566;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// Starts it when it is asked for the first time, and never again when that failed. It is not
  /// done while [LocalStack] is initialised: the wait for the container asks that from another
  /// thread.
  private static final class Once {
    private static final ConditionEvaluationResult STARTED = start();
  }

  private static ConditionEvaluationResult start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      var why = "No Docker engine answers here, so nothing is run against LocalStack.";
      System.out.println(why);
      return ConditionEvaluationResult.disabled(why);
    }
    var image = Objects.requireNonNullElse(System.getenv("AWS_EMULATOR_IMAGE"), IMAGE);
    var endpoint = image.startsWith("localstack/") ? localStack(image) : other(image);
    System.setProperty("prosa.test.aws", endpoint);
    return ConditionEvaluationResult.enabled(image + " is at " + endpoint);
  }

  @SuppressWarnings("resource") // lives as long as the JVM
  private static String localStack(String image) {
    var container = new LocalStackContainer(DockerImageName.parse(image));
    container.withServices("sqs", "dynamodb", "ssm").start();
    return container.getEndpoint().toString();
  }

  @SuppressWarnings("resource") // lives as long as the JVM
  private static String other(String image) {
    var container = new GenericContainer<>(DockerImageName.parse(image));
    container
        .withExposedPorts(PORT)
        .waitingFor(
            Wait.forHttp("/")
                .forStatusCodeMatching(status -> status < 500)
                .withStartupTimeout(PATIENCE))
        .start();
    return "http://127.0.0.1:" + container.getMappedPort(PORT);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Once.STARTED;
  }
}
