package dev.prosa.bench;

import static java.util.Map.entry;

import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.local.LocalSettings;
import dev.prosa.local.RunningChat;
import dev.prosa.local.UpMain;
import dev.prosa.local.embedded.EmbeddedServers;
import dev.prosa.worker.offline.OfflineModel;
import dev.prosa.worker.offline.Pace;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/// A whole Prosa of its own, and the model that it asks.
///
/// @param server where Prosa's HTTP API is, without a `/` at its end
/// @param model where the model is, as `OPENAI_BASE_URL`
/// @param redis where the Redis of this Prosa is
/// @param parts ends it all
record Stack(URI server, URI model, URI redis, Lifecycle parts) implements AutoCloseable {

  /// Counted as for everybody, and never reached.
  private static final String ENOUGH = "1000000000";

  static Stack start(Pace pace, InstantSource clock) {
    var parts = Lifecycle.create();
    try {
      var folder = parts.own("folder", Folder.create());
      var servers =
          parts.own(
              "servers", EmbeddedServers.start(EmbeddedServers.Elsewhere.NONE, folder.path()));
      var model = parts.own("model", OfflineModel.start(pace, clock));
      var settings =
          LocalSettings.of(
              environment(folder, servers, model.baseUri()), folder.path().resolve("no.env"));
      var chat = parts.own("chat", UpMain.start(settings, progress -> {}));
      return new Stack(server(chat), model.baseUri(), servers.redis().uri(), parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Map<String, String> environment(
      Folder folder, EmbeddedServers servers, URI model) {
    return Map.ofEntries(
        entry("PROSA_HTTP_PORT", "0"),
        entry("PROSA_WS_PORT", "0"),
        entry("PROSA_DATA", folder.path().resolve("data").toString()),
        entry("PROSA_SQS_ENDPOINT", servers.sqs().uri().toString()),
        entry("PROSA_DYNAMODB_ENDPOINT", servers.dynamoDb().uri().toString()),
        entry("PROSA_REDIS_URL", servers.redis().uri().toString()),
        entry("PROSA_USER_REQUESTS_PER_MINUTE", "0"),
        entry("PROSA_USER_JOBS_IN_FLIGHT", ENOUGH),
        entry("PROSA_USER_TOKENS_PER_DAY", ENOUGH),
        entry("OPENAI_BASE_URL", model.toString()),
        entry("OPENAI_API_KEY", "bench"),
        entry("OPENAI_MODEL", OfflineModel.MODEL));
  }

  private static URI server(RunningChat chat) {
    return URI.create("http://localhost:" + chat.page().getPort());
  }

  @Override
  public void close() {
    parts.close();
  }
}
