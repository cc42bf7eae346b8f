package dev.prosa.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.figures.FleetFigures;
import dev.prosa.core.figures.Histogram;
import dev.prosa.core.figures.Slice;
import dev.prosa.core.figures.Tally;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.turn.OpenTurns;
import dev.prosa.core.turn.TurnState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How Prosa fares, as operators see it.
final class OpsViews {

  private OpsViews() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OpsView(
      String time,
      @Nullable QueueView queue,
      @Nullable JobsView jobs,
      @Nullable List<BreakerView> providers,
      @Nullable FleetView fleet,
      List<String> away) {}

  record QueueView(int waiting, int inFlight, int deadLetters) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobsView(int accepted, int running, boolean whole, @Nullable Long oldestSeconds) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BreakerView(
      String provider,
      String model,
      String state,
      int workers,
      int workersInState,
      @Nullable String retryAt) {}

  record FleetView(
      int workers,
      int writing,
      long windowSeconds,
      LatenciesView latencies,
      TotalsView totals,
      long sliceSeconds,
      List<SliceView> slices) {}

  record LatenciesView(LatencyView queueWait, LatencyView firstToken, LatencyView reply) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LatencyView(
      long count, @Nullable Long p50Millis, @Nullable Long p95Millis, @Nullable Long p99Millis) {}

  record TotalsView(
      long completed,
      long failed,
      long cancelled,
      long promptTokens,
      long completionTokens,
      BigDecimal costUsd) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SliceView(
      String begin,
      long completed,
      long failed,
      long tokens,
      BigDecimal costUsd,
      @Nullable Long queueWaitMillis,
      @Nullable Long firstTokenMillis,
      @Nullable Long replyMillis) {}

  static QueueView queue(Ingest.Operations.Queues queues) {
    var depth = queues.jobs().depth();
    var dead = queues.letters().depth();
    return new QueueView(depth.waiting(), depth.inFlight(), dead.waiting() + dead.inFlight());
  }

  /// @param timeToAnswer for how long turns may stay open
  static JobsView jobs(OpenTurns.Glance glance, Duration timeToAnswer, Instant now) {
    var turns = glance.turns();
    var running = (int) turns.stream().filter(t -> t.state() instanceof TurnState.Running).count();
    var oldest =
        turns.stream()
            .map(turn -> Duration.between(turn.openedAt(timeToAnswer), now).toSeconds())
            .max(Comparator.naturalOrder())
            .map(seconds -> Math.max(0, seconds))
            .orElse(null);
    return new JobsView(turns.size() - running, running, glance.whole(), oldest);
  }

  /// Each model of each provider once, as the worker has it that fares worst with it.
  static List<BreakerView> providers(List<List<ProviderStatus>> said) {
    return said.stream()
        .flatMap(List::stream)
        .collect(
            Collectors.groupingBy(
                status -> status.provider() + '\n' + status.model(),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(OpsViews::breaker)
        .toList();
  }

  private static BreakerView breaker(List<ProviderStatus> said) {
    var worst =
        said.stream().max(Comparator.comparing(ProviderStatus::state)).orElse(said.getFirst());
    var alike = said.stream().filter(status -> status.state() == worst.state()).toList();
    var retryAt =
        alike.stream()
            .flatMap(status -> Stream.ofNullable(status.retryAt()))
            .min(Comparator.naturalOrder())
            .map(Instant::toString)
            .orElse(null);
    return new BreakerView(
        worst.provider(), worst.model(), worst.state().word(), said.size(), alike.size(), retryAt);
  }

  static FleetView fleet(FleetFigures fleet) {
    var total = fleet.total();
    return new FleetView(
        fleet.workers(),
        fleet.writing(),
        FiguresBoard.WINDOW.toSeconds(),
        new LatenciesView(
            latency(total.queueWait()), latency(total.firstToken()), latency(total.reply())),
        totals(total.tally()),
        Slice.LENGTH.toSeconds(),
        fleet.slices().stream().map(OpsViews::slice).toList());
  }

  private static LatencyView latency(Histogram histogram) {
    return new LatencyView(
        histogram.count(),
        millis(histogram, 0.5),
        millis(histogram, 0.95),
        millis(histogram, 0.99));
  }

  private static @Nullable Long millis(Histogram histogram, double part) {
    var time = histogram.quantile(part);
    return time == null ? null : time.toMillis();
  }

  private static TotalsView totals(Tally tally) {
    return new TotalsView(
        tally.completed(),
        tally.failed(),
        tally.cancelled(),
        tally.promptTokens(),
        tally.completionTokens(),
        CallViews.dollars(tally.costNanos()));
  }

  private static SliceView slice(Slice slice) {
    var tally = slice.tally();
    return new SliceView(
        Instant.ofEpochSecond(slice.number() * Slice.LENGTH.toSeconds()).toString(),
        tally.completed(),
        tally.failed(),
        tally.promptTokens() + tally.completionTokens(),
        CallViews.dollars(tally.costNanos()),
        millis(slice.queueWait(), 0.95),
        millis(slice.firstToken(), 0.95),
        millis(slice.reply(), 0.95));
  }
}
