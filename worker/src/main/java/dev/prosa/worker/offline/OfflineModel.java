package dev.prosa.worker.offline;

import dev.prosa.core.provider.ProviderPreset;
import java.net.URI;
import java.time.InstantSource;

/// An OpenAI-compatible endpoint on 127.0.0.1 that answers without a model and says so.
///
/// It serves `POST /v1/chat/completions`, streamed or not, and `GET /v1/models`. The same messages
/// always get the same answer. A message that starts with a command such as `/fail` makes it
/// misbehave in that way; `/help` lists them. It accepts any API key.
public sealed interface OfflineModel extends AutoCloseable permits OfflineModelServer {

  /// The only model there is, whatever name a request asks for.
  String MODEL = ProviderPreset.OFFLINE.model();

  /// Starts on a free port.
  ///
  /// @param pace how fast it answers; [Pace#TYPICAL] looks like a model
  /// @param time for the `created` fields
  static OfflineModel start(Pace pace, InstantSource time) {
    return OfflineModelServer.start(pace, time, OfflineModelServer.MAX_STREAMS);
  }

  /// What `OPENAI_BASE_URL` would be: `http://127.0.0.1:<port>/v1`.
  URI baseUri();

  /// Cuts all streams and frees the port. A second call does nothing.
  @Override
  void close();
}
