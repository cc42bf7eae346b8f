package dev.prosa.core.trace;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a piece of work stands in a trace (W3C Trace Context). It is written in version 00, and
/// read from later ones as well.
///
/// @param traceId names the whole trace: 32 digits of lower-case hexadecimal, not all 0
/// @param spanId names this piece of it: 16 digits of lower-case hexadecimal, not all 0
/// @param sampled whether whoever began the trace may have recorded it
public record TraceContext(String traceId, String spanId, boolean sampled) {

  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;
  private static final int SAMPLED = 1;

  /// W3C Trace Context, "trace-id" and "parent-id": ids of zeros are invalid.
  private static final Pattern TRACE_ID = Pattern.compile("(?!0+$)[0-9a-f]{32}");

  private static final Pattern SPAN_ID = Pattern.compile("(?!0+$)[0-9a-f]{16}");

  /// W3C Trace Context, "Versioning of traceparent": ff is no version, and a later one than 00 may
  /// have more behind a dash, which is passed over.
  private static final Pattern HEADER =
      Pattern.compile("(?!ff|00.{54})[0-9a-f]{2}-[^-]*-[^-]*-[0-9a-f]{2}(?:-.*)?");

  public TraceContext {
    if (!TRACE_ID.matcher(traceId).matches() || !SPAN_ID.matcher(spanId).matches()) {
      throw new IllegalArgumentException("not the ids of a trace and a span");
    }
  }

  /// The context that a `traceparent` header spells, or null when it spells none.
  public static @Nullable TraceContext parse(String traceparent) {
    if (!HEADER.matcher(traceparent).matches()) {
      return null;
    }
    var parts = traceparent.split("-", -1);
    if (!TRACE_ID.matcher(parts[1]).matches() || !SPAN_ID.matcher(parts[2]).matches()) {
      return null;
    }
    var flags = HexFormat.fromHexDigits(parts[3]);
    return new TraceContext(parts[1], parts[2], (flags & SAMPLED) != 0);
  }

  /// The first piece of a new trace.
  public static TraceContext create(RandomGenerator random) {
    return new TraceContext(id(TRACE_BYTES, random), id(SPAN_BYTES, random), true);
  }

  /// The next piece of the trace that `traceparent` spells, or the first of a new one.
  ///
  /// @param traceparent what a caller sent; null when it sent nothing
  public static TraceContext after(@Nullable String traceparent, RandomGenerator random) {
    var before = traceparent == null ? null : parse(traceparent);
    return before == null ? create(random) : before.child(random);
  }

  /// The id of the trace that `traceparent` spells; null when it spells none, or is null.
  public static @Nullable String traceIdOf(@Nullable String traceparent) {
    var context = traceparent == null ? null : parse(traceparent);
    return context == null ? null : context.traceId();
  }

  /// Another piece of the same trace.
  public TraceContext child(RandomGenerator random) {
    return new TraceContext(traceId, id(SPAN_BYTES, random), sampled);
  }

  /// The value of the `traceparent` header.
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  private static String id(int length, RandomGenerator random) {
    var bytes = new byte[length];
    do {
      random.nextBytes(bytes);
    } while (isZero(bytes));
    return HexFormat.of().formatHex(bytes);
  }

  private static boolean isZero(byte[] bytes) {
    for (var b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
