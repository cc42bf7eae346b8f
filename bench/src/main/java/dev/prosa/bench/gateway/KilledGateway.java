package dev.prosa.bench.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// Pages whose gateway is killed, and which another one takes over.
///
/// @param count of pages, each with one open job
/// @param progress hears what happens
record KilledGateway(Stable stable, int count, Consumer<String> progress) {

  /// Twice as long as it may take.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  Result.Comeback run() throws InterruptedException {
    progress.accept("Prosa: %,d jobs are opened".formatted(count));
    var jobs = OpenJob.create(stable.backends(), count);
    var status = Stable.freePort();
    try (var first = stable.start(Contender.PROSA);
        var second = stable.startProsa(Map.of("PROSA_STATUS_PORT", Integer.toString(status)));
        var client = LoadClient.start();
        var pages = new Pages(client, stable.backends().ports().tickets(), jobs)) {
      pages.open(first.port());
      progress.accept("Prosa: the gateway of %,d pages is killed".formatted(count));
      pages.move(second.port());
      first.kill();
      var times = pages.awaitDone(PATIENCE);
      var resumed = new HttpMetrics(status).sum("prosa_ws_resumed_jobs_total");
      return new Result.Comeback(times.count(), Late.of(times), resumed);
    }
  }
}
