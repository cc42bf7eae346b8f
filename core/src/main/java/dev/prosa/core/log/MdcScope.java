package dev.prosa.core.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Keeps the fields in SLF4J's mapped diagnostic context, which belongs to one thread.
final class MdcScope implements LogScope {

  private final Map<String, @Nullable String> before;

  private MdcScope(Map<String, @Nullable String> before) {
    this.before = before;
  }

  static MdcScope open(Map<LogKey, @Nullable String> fields) {
    var before = new HashMap<String, @Nullable String>();
    fields.forEach((key, value) -> {
      before.put(key.key(), MDC.get(key.key()));
      set(key.key(), value);
    });
    return new MdcScope(before);
  }

  static Runnable carried(Runnable task) {
    var fields = MDC.getCopyOfContextMap();
    return fields == null || fields.isEmpty() ? task : () -> run(task, fields);
  }

  private static void run(Runnable task, Map<String, String> fields) {
    MDC.setContextMap(fields);
    try {
      task.run();
    } finally {
      MDC.clear();
    }
  }

  @Override
  public void close() {
    before.forEach(MdcScope::set);
  }

  private static void set(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
