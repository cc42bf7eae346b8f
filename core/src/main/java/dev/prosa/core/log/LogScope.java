package dev.prosa.core.log;

import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fields that all log lines of this thread have until the scope is closed. Scopes may be nested;
/// an inner one adds to the outer one and wins where both have a field. Closing one leaves the
/// thread as it was before.
///
/// Used by the thread that opened it; see [#carried] for others.
public sealed interface LogScope extends AutoCloseable permits MdcScope {

  /// One field.
  ///
  /// @param value null leaves the field out
  static LogScope of(LogKey key, @Nullable String value) {
    return MdcScope.open(Collections.singletonMap(key, value));
  }

  /// A job and the trace it belongs to.
  ///
  /// @param traceId null leaves the trace out
  static LogScope of(JobId job, @Nullable String traceId) {
    return MdcScope.open(fields(job, traceId));
  }

  /// A job, the attempt it has come to, and its trace.
  ///
  /// @param traceId null leaves the trace out
  static LogScope of(JobId job, int attempt, @Nullable String traceId) {
    var fields = fields(job, traceId);
    fields.put(LogKey.ATTEMPT, Integer.toString(attempt));
    return MdcScope.open(fields);
  }

  /// A job, the attempt it has come to, and its trace.
  static LogScope of(Turn turn) {
    return of(turn.job(), turn.attempt(), turn.traceId());
  }

  private static Map<LogKey, @Nullable String> fields(JobId job, @Nullable String traceId) {
    var fields = new EnumMap<LogKey, @Nullable String>(LogKey.class);
    fields.put(LogKey.JOB_ID, job.value());
    fields.put(LogKey.CONVERSATION_ID, job.conversation().value());
    fields.put(LogKey.TRACE_ID, traceId);
    return fields;
  }

  /// A task for another thread, whose lines have the fields that this thread's have now.
  static Runnable carried(Runnable task) {
    return MdcScope.carried(task);
  }

  /// Takes the fields off again.
  @Override
  void close();
}
