package dev.prosa.worker;

import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.worker.llm.OpenAiEndpoint;
import dev.prosa.worker.process.Workplace;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/// What a worker is told from outside.
///
/// @param model where and how the model is asked
/// @param rules how long and how often
/// @param concurrency how many replies are written at once; at least 1
/// @param pollWait how long one receive waits for a message; at most 20 s
public record WorkerSettings(
    OpenAiEndpoint model, Workplace.Rules rules, int concurrency, Duration pollWait) {

  /// A local server that speaks the protocol needs no key, but the client wants one.
  private static final String NO_KEY = "none";

  /// SQS waits no longer (Amazon SQS API, `ReceiveMessage`).
  private static final Duration MAX_POLL_WAIT = Duration.ofSeconds(20);

  /// The worker's part of `settings`.
  public static WorkerSettings of(Settings settings) {
    var total = settings.duration(Setting.LLM_TOTAL);
    var url = URI.create(settings.text(Setting.OPENAI_BASE_URL));
    var key = settings.textOrNull(Setting.OPENAI_API_KEY);
    var pollWait = settings.duration(Setting.POLL_WAIT);
    return new WorkerSettings(
        OpenAiEndpoint.of(
            Objects.requireNonNull(url.getHost(), "checked by Settings"),
            url,
            key == null ? NO_KEY : key,
            settings.text(Setting.OPENAI_MODEL),
            total),
        Workplace.Rules.with(
            settings.duration(Setting.LLM_FIRST_TOKEN),
            settings.duration(Setting.LLM_TOKEN_GAP),
            total),
        settings.number(Setting.WORKER_CONCURRENCY),
        pollWait.compareTo(MAX_POLL_WAIT) < 0 ? pollWait : MAX_POLL_WAIT);
  }
}
