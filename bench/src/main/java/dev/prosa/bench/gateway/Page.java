package dev.prosa.bench.gateway;

import dev.prosa.core.identity.Caller;
import dev.prosa.core.runtime.CacheUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A page that brings its connection back, with the numbers and the rules of `connection.js`. Used
/// by the thread of the [LoadClient] only.
final class Page {

  private static final double FIRST_WAIT_MILLIS = 500;
  private static final double WAIT_CAP_MILLIS = 15_000;
  private static final long STABLE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final int BAD_TICKET = 4500;
  private static final int BAD_TICKETS = 3;
  private static final int LAST_FINAL_CODE = 4999;

  private static final String READY = "{\"type\":\"connection.ready\"";

  private final Pages all;
  private final OpenJob job;
  private @Nullable LoadSocket socket;
  private int epoch;
  private int failures;
  private int badTickets;
  private boolean ready;
  private long readyNanos;

  Page(Pages all, OpenJob job) {
    this.all = all;
    this.job = job;
  }

  void open() {
    var current = drop();
    all.desk()
        .execute(() -> {
          var ticket = ticket();
          all.client().execute(() -> connect(current, ticket));
        });
  }

  private @Nullable String ticket() {
    try {
      return all.tickets().issue(new Caller(job.owner(), null));
    } catch (CacheUnavailableException busy) {
      return null;
    }
  }

  private void connect(int current, @Nullable String ticket) {
    if (current != epoch) {
      return;
    }
    if (ticket == null) {
      lost(LoadSocket.CUT);
      return;
    }
    socket = all.client().open(Dial.withTicket(all.port(), ticket), all, job.number(), 0);
    all.client().after(HANDSHAKE, () -> giveUp(current));
  }

  private void giveUp(int current) {
    if (current == epoch && !ready) {
      lost(LoadSocket.CUT);
    }
  }

  /// A text frame came on a socket of this page.
  void heard(LoadSocket from, ByteBuffer text) {
    if (from != socket) {
      return;
    }
    if (ready) {
      var mark = Mark.find(text);
      if (mark != null && mark.number() == job.number()) {
        all.done(job.number());
      }
    } else if (startsWith(text, READY)) {
      ready = true;
      readyNanos = System.nanoTime();
      badTickets = 0;
      all.ready(from, job);
    }
  }

  private static boolean startsWith(ByteBuffer text, String beginning) {
    return StandardCharsets.UTF_8.decode(text.duplicate()).toString().startsWith(beginning);
  }

  /// A socket of this page ended.
  void closed(LoadSocket which, int code) {
    if (which == socket) {
      lost(code);
    }
  }

  private void lost(int code) {
    var wasStable = ready && System.nanoTime() - readyNanos >= STABLE_NANOS;
    var _ = drop();
    failures = wasStable ? 1 : failures + 1;
    if (isRefused(code)) {
      return;
    }
    var bound = Math.min(WAIT_CAP_MILLIS, FIRST_WAIT_MILLIS * Math.pow(2, failures));
    var current = epoch;
    all.client()
        .after(
            Duration.ofMillis((long) (all.random() * bound)),
            () -> {
              if (current == epoch) {
                open();
              }
            });
  }

  private boolean isRefused(int code) {
    if (code == BAD_TICKET) {
      badTickets++;
      return badTickets >= BAD_TICKETS;
    }
    return code > BAD_TICKET && code <= LAST_FINAL_CODE;
  }

  /// Forgets its socket.
  ///
  /// @return the number of the next try; what belongs to an earlier one is not for this page
  private int drop() {
    var old = socket;
    socket = null;
    ready = false;
    if (old != null) {
      old.cut();
    }
    epoch++;
    return epoch;
  }
}
