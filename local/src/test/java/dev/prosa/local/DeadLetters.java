package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// The dead-letter queue, read with the AWS SDK like that of any other program.
final class DeadLetters implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SqsClient sqs;
  private final String url;

  DeadLetters(URI endpoint) {
    var credentials = AwsBasicCredentials.create("test", "test");
    sqs =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    url = sqs.getQueueUrl(q -> q.queueName("prosa-jobs-dlq")).queueUrl();
  }

  /// Waits for the letter about a job.
  Message await(JsonNode accepted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                sqs
                    .receiveMessage(r ->
                        r.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(0)
                            .messageAttributeNames("All"))
                    .messages()
                    .stream()
                    .filter(m -> Json.read(m.body()).path("jobId").equals(accepted.path("jobId")))
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  static Map<String, String> attributes(Message letter) {
    return letter.messageAttributes().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().stringValue()));
  }

  @Override
  public void close() {
    sqs.close();
  }
}
