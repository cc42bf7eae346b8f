package dev.prosa.gateway;

import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client lacks of a job.
final class Resumption {

  /// The longest delta in UTF-16 units: even as six-character escapes it stays below 300 KB.
  static final int MAX_DELTA = 48 * 1024;

  private static final String BACKOFF = "The model did not answer. Trying again soon.";

  private Resumption() {}

  /// The events that bring a client up to date, in order; empty when it has everything or nothing
  /// is known.
  ///
  /// @param turn read after `live`, so that an end in between is not missed
  /// @param live what the reply has said; null when that is not known
  static List<ReplyEvent> events(Turn turn, @Nullable LiveReply live, ClientMessage.Shown shown) {
    if (!turn.state().isOpen()) {
      return List.of(ReplyEvent.ofFinal(turn));
    }
    var known = Math.max(shown.attempt(), live == null ? 0 : live.attempt());
    if (turn.attempt() > known) {
      return List.of(news(turn));
    }
    if (live == null || live.attempt() < shown.attempt()) {
      return List.of();
    }
    if (live.attempt() == shown.attempt()) {
      return rest(turn.job(), live, shown);
    }
    var events = new ArrayList<ReplyEvent>();
    events.add(
        new ReplyEvent.ReplyStarted(turn.job(), live.attempt(), "", turn.prompt(), turn.traceId()));
    events.addAll(deltas(turn.job(), live, 0));
    return events;
  }

  /// What is missing of the attempt that the client shows; empty when nothing is.
  ///
  /// @param live of the same attempt
  static List<ReplyEvent> rest(JobId job, LiveReply live, ClientMessage.Shown shown) {
    return deltas(job, live, shown.length());
  }

  /// The turn is ahead of all that was said of it, so whatever the client shows is over. It may
  /// show a failure that was redriven since.
  private static ReplyEvent news(Turn turn) {
    return switch (turn.state()) {
      case TurnState.Accepted(Instant notBefore) when notBefore != null && isUntried(turn) ->
          ReplyEvent.JobWaiting.providersDown(turn, notBefore);
      case TurnState.Accepted(Instant notBefore) when notBefore != null ->
          new ReplyEvent.JobWaiting(
              turn.job(), turn.attempt(), "backoff", notBefore.toString(), BACKOFF, turn.traceId());
      case TurnState.Accepted _ -> ReplyEvent.JobWaiting.redriven(turn);
      case TurnState.Running _ -> ReplyEvent.ReplyStarted.of(turn, "");
      case TurnState.Final _ -> ReplyEvent.ofFinal(turn);
    };
  }

  /// Whether no try of it counted: nobody was there to be asked. Also when a worker that ends has
  /// just given it back; the next one takes that at once.
  private static boolean isUntried(Turn turn) {
    return turn.attempts().spent() == 0;
  }

  /// The text from `offset` on, in pieces. An offset inside a surrogate pair is none that we told
  /// anybody, so there is nothing that fits it.
  private static List<ReplyEvent> deltas(JobId job, LiveReply live, int offset) {
    var text = live.text();
    var deltas = new ArrayList<ReplyEvent>();
    var begin = isBoundary(text, offset) ? offset : text.length();
    while (begin < text.length()) {
      var end = boundary(text, Math.min(text.length(), begin + MAX_DELTA));
      if (end <= begin) {
        break;
      }
      var piece = text.substring(begin, end);
      deltas.add(new ReplyEvent.ReplyDelta(job, live.attempt(), begin, piece));
      begin = end;
    }
    return deltas;
  }

  private static boolean isBoundary(String text, int offset) {
    return offset >= text.length() || boundary(text, offset) == offset;
  }

  /// `end`, or one less when the pair there would be split.
  private static int boundary(String text, int end) {
    return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }
}
