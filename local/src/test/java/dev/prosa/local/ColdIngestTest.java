package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.local.embedded.EmbeddedServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An ingest side that starts before what it needs is there.
class ColdIngestTest {

  private static final String REGION = "us-east-1";

  private final Lifecycle parts = Lifecycle.create();
  private final EmbeddedServer sqs = server(EmbeddedServer.elasticMqInMemory(0));
  private final EmbeddedServer dynamoDb = server(EmbeddedServer.dynamoDbInMemory(0));

  private EmbeddedServer server(EmbeddedServer server) {
    return parts.own("server", server);
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  private Stranger ann() {
    var settings =
        ProviderSettings.namesOf(
            Map.of(
                "PROSA_SQS_ENDPOINT", sqs.uri().toString(),
                "PROSA_DYNAMODB_ENDPOINT", dynamoDb.uri().toString()));
    var redis = parts.own("cache", RedisPool.open(URI.create("redis://127.0.0.1:1")));
    var ingest = IngestMain.connect(settings, redis, InstantSource.system(), parts);
    var http = parts.own("HTTP API", HttpFront.start(IngestMain.routes(ingest)));
    var api = URI.create("http://localhost:" + http.port());
    return new Stranger("ann", api, api, "dev-ann");
  }

  @Test
  void a_queue_that_cannot_be_looked_up_is_502_until_it_is_there() {
    DynamoDbTable.createIfMissing(new AwsTarget(REGION, dynamoDb.uri()), "prosa");
    var ann = ann();

    var early = ann.post("/v1/messages", "{\"content\":\"Hi\"}", "Idempotency-Key", "k");
    SqsQueues.createIfMissing(new AwsTarget(REGION, sqs.uri()), "prosa-jobs");
    var late = ann.post("/v1/messages", "{\"content\":\"Hi\"}", "Idempotency-Key", "k");

    assertThat(early.status()).isEqualTo(502);
    assertThat(early.text("code")).isEqualTo("queue_refused");
    assertThat(late.status()).isEqualTo(202);
  }

  @Test
  void what_needs_no_queue_is_answered_without_one() {
    DynamoDbTable.createIfMissing(new AwsTarget(REGION, dynamoDb.uri()), "prosa");

    assertThat(ann().get("/v1/conversations").status()).isEqualTo(200);
  }
}
