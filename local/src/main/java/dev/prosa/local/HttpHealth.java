package dev.prosa.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks a running Prosa how it is.
final class HttpHealth {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HttpHealth() {}

  /// What `GET /v1/health` answers, also when it says that Prosa is not well.
  ///
  /// @throws StartException when nobody answers, or somebody else does
  static JsonNode of(URI server) {
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var request = HttpRequest.newBuilder(server.resolve("/v1/health")).timeout(PATIENCE).build();
      var health = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
      if (health.path("status").isTextual()) {
        return health;
      }
      throw notProsa(server, null);
    } catch (JsonProcessingException e) {
      throw notProsa(server, e);
    } catch (IOException e) {
      throw new StartException(
          "No Prosa answers at %s. Start it with ./prosa up.".formatted(server), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted.", e);
    }
  }

  private static StartException notProsa(URI server, @Nullable Throwable e) {
    return new StartException("What answers at %s is not Prosa.".formatted(server), e);
  }
}
