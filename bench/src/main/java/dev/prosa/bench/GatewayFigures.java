package dev.prosa.bench;

import dev.prosa.bench.gateway.Contender;
import dev.prosa.bench.gateway.Cpu;
import dev.prosa.bench.gateway.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The figures of [Gateway]: those of Prosa with their limits, those of the others beside.
///
/// @param result what was seen
record GatewayFigures(Result result) {

  private static final double MB = 1e6;
  private static final int KIB = 1024;
  private static final double HEAP_LIMIT_MB = 120;
  private static final double GROWTH_LIMIT_MB = 64;
  private static final Duration LATE_LIMIT = Duration.ofMillis(100);
  private static final Duration RETURN_LIMIT = Duration.ofSeconds(30);
  private static final int BESIDE_LIMIT = 2;

  /// Below it nobody sees a difference.
  private static final Duration BESIDE_FLOOR = Duration.ofMillis(10);

  /// Twice reading a clock and a counter is not exact.
  private static final double RATE_TOLERANCE = 0.99;

  private static final String NOTHING = "-";

  /// What must hold, in words and as a test; both are of Prosa only.
  private record Limit<T>(String words, Predicate<T> test) {

    static <T> Limit<T> none() {
      return new Limit<>("", _ -> true);
    }

    static <T> Limit<T> zero(Function<T, Integer> number) {
      return new Limit<>("0", t -> number.apply(t) == 0);
    }
  }

  static List<Figure> of(Result result) {
    var figures = new GatewayFigures(result);
    return Stream.of(figures.idle(), figures.deltas(), figures.deaf(), figures.comeback())
        .flatMap(List::stream)
        .toList();
  }

  private List<Figure> idle() {
    var sockets = "%,d idle sockets: ".formatted(result.sizes().sockets());
    Function<Result.Seen, Result.@Nullable Idle> idle = Result.Seen::idle;
    return List.of(
        row("empty server: heap", idle, i -> megabytes(i.empty()), Limit.none()),
        row(
            sockets + "heap",
            idle,
            i -> megabytes(i.full()),
            new Limit<>("<= 120 MB", i -> i.full() <= HEAP_LIMIT_MB * MB)),
        row(
            sockets + "heap of each",
            idle,
            i -> kilobytes((double) (i.full() - i.empty()) / i.sockets()),
            Limit.none()),
        row(
            sockets + "resident memory",
            idle,
            i -> i.residentKib() < 0 ? NOTHING : megabytes(i.residentKib() * KIB),
            Limit.none()),
        row(
            sockets + "dropped",
            idle,
            i -> Integer.toString(i.dropped()),
            Limit.zero(Result.Idle::dropped)));
  }

  private List<Figure> deltas() {
    var asked = result.sizes().deliveries();
    Function<Result.Seen, Result.@Nullable Deltas> half =
        seen -> seen.load() == null ? null : seen.load().half();
    Function<Result.Seen, Result.@Nullable Deltas> whole =
        seen -> seen.load() == null ? null : seen.load().whole();
    return List.of(
        row("deltas, half of it: deliveries a second", half, GatewayFigures::rate, Limit.none()),
        row("deltas, half of it: late, p99", half, d -> millis(d.late().p99()), Limit.none()),
        row(
            "deltas: deliveries a second",
            whole,
            GatewayFigures::rate,
            new Limit<>(">= %,d".formatted(asked), d -> d.perSecond() >= RATE_TOLERANCE * asked)),
        row("deltas: late, p50", whole, d -> millis(d.late().p50()), Limit.none()),
        row(
            "deltas: late, p99",
            whole,
            d -> millis(d.late().p99()),
            new Limit<>("<= 100 ms", d -> d.late().p99().compareTo(LATE_LIMIT) <= 0)),
        row("deltas: late, max", whole, d -> millis(d.late().max()), Limit.none()),
        row("deltas: lost", whole, d -> "" + d.lost(), Limit.zero(Result.Deltas::lost)),
        row("deltas: tried again, Redis was busy", whole, d -> "" + d.refused(), Limit.none()),
        row("deltas: cores used by the server", whole, d -> cores(d, Cpu::server), Limit.none()),
        row("deltas: cores used by Redis", whole, d -> cores(d, Cpu::redis), Limit.none()),
        row("deltas: cores used by the load", whole, d -> cores(d, Cpu::load), Limit.none()));
  }

  private static String rate(Result.Deltas deltas) {
    return "%,.0f".formatted(deltas.perSecond());
  }

  private static String cores(Result.Deltas deltas, Function<Cpu, Duration> program) {
    return Figure.decimal("%.2f", deltas.cpu().share(program.apply(deltas.cpu())));
  }

  private List<Figure> deaf() {
    var readers = result.sizes().crowds().deaf();
    Function<Result.Seen, Result.@Nullable Deaf> deaf = Result.Seen::deaf;
    return List.of(
        row(
            "deaf: others late before, p99",
            deaf,
            d -> millis(d.late().quiet().p99()),
            Limit.none()),
        row(
            "deaf: others late, all read the flood, p99",
            deaf,
            d -> millis(d.late().flooded().p99()),
            Limit.none()),
        row(
            "deaf: others late, %d do not read it, p99".formatted(readers),
            deaf,
            d -> millis(d.late().deaf().p99()),
            new Limit<>(
                "<= max(2 x, 10 ms)", d -> d.late().deaf().p99().compareTo(besideLimit(d)) <= 0)),
        row("deaf: others lost", deaf, d -> "" + d.lost(), Limit.zero(Result.Deaf::lost)),
        row(
            "deaf: growth of the heap",
            deaf,
            d -> d.growth() < 0 ? "out of memory" : megabytes(d.growth()),
            new Limit<>("<= 64 MB", d -> d.growth() >= 0 && d.growth() <= GROWTH_LIMIT_MB * MB)),
        row(
            "deaf: closed by the server",
            deaf,
            d -> "%d of %d".formatted(d.growth() < 0 ? 0 : d.closed(), readers),
            new Limit<>("all", d -> d.closed() == readers)));
  }

  private static Duration besideLimit(Result.Deaf deaf) {
    var twice = deaf.late().quiet().p99().multipliedBy(BESIDE_LIMIT);
    return twice.compareTo(BESIDE_FLOOR) > 0 ? twice : BESIDE_FLOOR;
  }

  private List<Figure> comeback() {
    var all = result.sizes().crowds().returning();
    return List.of(
        alone(
            "kill: pages that have their text again",
            c -> "%,d of %,d".formatted(c.returned(), all),
            new Limit<>("all", c -> c.returned() == all)),
        alone("kill: until they have it, p50", c -> millis(c.time().p50()), Limit.none()),
        alone("kill: until they have it, p95", c -> millis(c.time().p95()), Limit.none()),
        alone(
            "kill: until they have it, max",
            c -> millis(c.time().max()),
            new Limit<>("<= 30 s", c -> c.time().max().compareTo(RETURN_LIMIT) <= 0)),
        alone(
            "kill: jobs resumed",
            c -> c.resumed() < 0 ? NOTHING : "%,d".formatted(c.resumed()),
            Limit.none()));
  }

  /// A figure that only Prosa has.
  private Figure alone(
      String name, Function<Result.Comeback, String> value, Limit<Result.Comeback> limit) {
    var others = Collections.nCopies(Contender.values().length - 1, NOTHING);
    return figure(name, result.comeback(), value, limit).beside(others);
  }

  /// @param part of what was seen that has the value
  private <T> Figure row(
      String name,
      Function<Result.Seen, @Nullable T> part,
      Function<T, String> value,
      Limit<T> limit) {
    var others = new ArrayList<String>();
    for (var contender : Contender.values()) {
      if (contender != Contender.PROSA) {
        var other = part(contender, part);
        others.add(other == null ? NOTHING : value.apply(other));
      }
    }
    return figure(name, part(Contender.PROSA, part), value, limit).beside(others);
  }

  private <T> @Nullable T part(Contender contender, Function<Result.Seen, @Nullable T> part) {
    var seen = result.seen().get(contender);
    return seen == null ? null : part.apply(seen);
  }

  private static <T> Figure figure(
      String name, @Nullable T seen, Function<T, String> value, Limit<T> limit) {
    if (seen == null) {
      return new Figure(name, NOTHING, limit.words(), limit.words().isEmpty());
    }
    return new Figure(name, value.apply(seen), limit.words(), limit.test().test(seen));
  }

  private static String megabytes(long bytes) {
    return Figure.decimal("%.1f MB", bytes / MB);
  }

  private static String kilobytes(double bytes) {
    return Figure.decimal("%.2f kB", bytes / 1000);
  }

  private static String millis(Duration time) {
    return Figure.decimal("%.1f ms", time.toNanos() / MB);
  }
}
