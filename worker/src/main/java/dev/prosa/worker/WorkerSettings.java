package dev.prosa.worker;

import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.Setting;
import dev.prosa.worker.llm.BreakerRules;
import dev.prosa.worker.llm.ProviderKeys;
import dev.prosa.worker.process.Workplace;
import java.time.Duration;
import java.util.List;

/// What a worker is told from outside.
///
/// @param providers who is asked, in this order; not empty
/// @param prompts what models may be told before a conversation
/// @param keyStores where their keys are, when they are stored
/// @param rules how long and how often
/// @param breaker when a provider is left alone
/// @param concurrency how many replies are written at once; at least 1
/// @param timeToAnswer for how long turns may stay open
/// @param pollWait how long one receive waits for a message; at most 20 s
public record WorkerSettings(
    List<ProviderConfig> providers,
    Prompts prompts,
    ProviderKeys.Stores keyStores,
    Workplace.Rules rules,
    BreakerRules breaker,
    int concurrency,
    Duration timeToAnswer,
    Duration pollWait) {

  /// SQS waits no longer (Amazon SQS API, `ReceiveMessage`).
  private static final Duration MAX_POLL_WAIT = Duration.ofSeconds(20);

  public WorkerSettings {
    providers = List.copyOf(providers);
  }

  /// The worker's part of `configured`.
  public static WorkerSettings of(ProviderSettings configured) {
    var settings = configured.settings();
    var pollWait = settings.duration(Setting.POLL_WAIT);
    return new WorkerSettings(
        configured.providers(),
        configured.prompts(),
        ProviderKeys.Stores.of(settings),
        Workplace.Rules.with(
            settings.duration(Setting.LLM_FIRST_TOKEN),
            settings.duration(Setting.LLM_TOKEN_GAP),
            settings.duration(Setting.LLM_TOTAL)),
        new BreakerRules(
            settings.number(Setting.BREAKER_ERRORS),
            settings.duration(Setting.BREAKER_WINDOW),
            settings.duration(Setting.BREAKER_WAIT)),
        settings.number(Setting.WORKER_CONCURRENCY),
        settings.duration(Setting.DEADLINE),
        pollWait.compareTo(MAX_POLL_WAIT) < 0 ? pollWait : MAX_POLL_WAIT);
  }
}
