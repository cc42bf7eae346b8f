package dev.prosa.local;

import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.ingest.IngestSettings;
import java.net.URI;

/// The whole chat, running in this process.
///
/// @param page the address to open, with a `/` at its end
/// @param socket the address of the WebSocket gateway
/// @param model what answers
/// @param lifecycle ends it all
public record RunningChat(URI page, URI socket, IngestSettings.Model model, Lifecycle lifecycle)
    implements AutoCloseable {

  /// Gives open turns back, then stops everything, newest first.
  @Override
  public void close() {
    lifecycle.close();
  }
}
