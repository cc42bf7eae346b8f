package dev.prosa.worker.process;

import dev.prosa.core.log.LogKey;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.Usage;
import dev.prosa.worker.llm.LanguageModel;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Tells the log about attempts: a line when one begins, and one when it is over.
final class AttemptLog {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);

  private AttemptLog() {}

  /// @param first the model that is asked first
  static void begins(Turn turn, LanguageModel first) {
    LOG.atInfo()
        .addKeyValue(LogKey.PROVIDER.key(), first.provider())
        .addKeyValue(LogKey.MODEL.key(), first.name())
        .log("attempt {} of {} begins", turn.attempt(), turn.job());
  }

  /// @param last the model that was asked last
  static void over(Turn turn, AttemptResult result, LanguageModel last, Duration took) {
    var outcome = outcome(result);
    var line =
        LOG.atInfo()
            .addKeyValue(LogKey.OUTCOME.key(), outcome)
            .addKeyValue(LogKey.PROVIDER.key(), last.provider())
            .addKeyValue(LogKey.MODEL.key(), last.name())
            .addKeyValue(LogKey.DURATION.key(), took.toMillis());
    with(result, line).log("attempt {} of {} is over: {}", turn.attempt(), turn.job(), outcome);
  }

  private static String outcome(AttemptResult result) {
    return switch (result) {
      case AttemptResult.Answered _ -> "answered";
      case AttemptResult.Broken _ -> "failed";
      case AttemptResult.NobodyAsked _ -> "nobody_asked";
      case AttemptResult.Stopped stopped -> stopped.reason().name().toLowerCase(Locale.ROOT);
    };
  }

  private static LoggingEventBuilder with(AttemptResult result, LoggingEventBuilder line) {
    return switch (result) {
      case AttemptResult.Answered(Reply reply) when reply.usage() != null ->
          with(reply.usage(), line);
      case AttemptResult.Broken broken ->
          line.addKeyValue(LogKey.ERROR.key(), broken.failure().code().code());
      case AttemptResult.Answered _, AttemptResult.NobodyAsked _, AttemptResult.Stopped _ -> line;
    };
  }

  private static LoggingEventBuilder with(Usage usage, LoggingEventBuilder line) {
    return line.addKeyValue(LogKey.INPUT_TOKENS.key(), usage.promptTokens())
        .addKeyValue(LogKey.OUTPUT_TOKENS.key(), usage.completionTokens());
  }
}
