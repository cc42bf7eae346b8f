package dev.prosa.bench;

import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.local.LocalSettings;
import dev.prosa.local.RunningChat;
import dev.prosa.local.UpMain;
import dev.prosa.local.embedded.EmbeddedServers;
import dev.prosa.local.offline.OfflineModel;
import dev.prosa.local.offline.Pace;
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
    return Map.of(
        "PROSA_HTTP_PORT", "0",
        "PROSA_WS_PORT", "0",
        "PROSA_DATA", folder.path().resolve("data").toString(),
        "PROSA_SQS_ENDPOINT", servers.sqs().uri().toString(),
        "PROSA_DYNAMODB_ENDPOINT", servers.dynamoDb().uri().toString(),
        "PROSA_REDIS_URL", servers.redis().uri().toString(),
        "OPENAI_BASE_URL", model.toString(),
        "OPENAI_API_KEY", "bench",
        "OPENAI_MODEL", OfflineModel.MODEL);
  }

  private static URI server(RunningChat chat) {
    return URI.create("http://localhost:" + chat.page().getPort());
  }

  @Override
  public void close() {
    parts.close();
  }
}
