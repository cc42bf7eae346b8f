package dev.prosa.bench.gateway;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// A job that a worker is answering: running in the table, with live text in Redis.
///
/// @param number tells its text from that of other jobs
/// @param owner whose it is; has no other
record OpenJob(int number, OwnerId owner, JobId job) {

  /// Half of it is on the page when the connection breaks.
  private static final int LENGTH = 1_000;

  private static final int THREADS = 8;
  private static final String WORKER = "bench";
  private static final Duration TIME = Duration.ofMinutes(10);
  private static final Claim CLAIM = new Claim(WORKER, Duration.ofMinutes(5), 4);

  /// Makes so many, each of another user.
  static List<OpenJob> create(Backends backends, int count) {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var all =
          IntStream.range(0, count)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> createOne(backends, i), threads))
              .toList()
              .stream();
      return all.map(CompletableFuture::join).toList();
    }
  }

  private static OpenJob createOne(Backends backends, int number) {
    var owner = new OwnerId("returning-" + number);
    var request = new NewTurn(owner, null, "Why?", null, TIME, null, null);
    var turn = ((AcceptOutcome.Accepted) backends.turns().accept(request)).turn();
    if (!(backends.turns().claim(turn.job(), CLAIM) instanceof ClaimOutcome.Claimed)) {
      throw new IllegalStateException("cannot claim " + turn.job());
    }
    var text = new Mark(number, 0).text(LENGTH);
    backends.ports().replies().publish(owner, new ReplyEvent.ReplyDelta(turn.job(), 1, 0, text));
    return new OpenJob(number, owner, turn.job());
  }

  /// What a page says that lacks half of the text.
  String resume() {
    return "{\"type\":\"resume\",\"jobs\":[{\"jobId\":\"%s\",\"attempt\":1,\"length\":%d}]}"
        .formatted(job, LENGTH / 2);
  }
}
