package dev.prosa.gateway;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.log.LogScope;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.metrics.GatewayMetrics.Resume;
import dev.prosa.core.reply.Cancellation;
import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what clients ask for. It calls Redis and the table, so it runs on no thread of the
/// server.
///
/// A job of somebody else is answered exactly like one that does not exist.
final class ClientRequests {

  private static final Logger LOG = LoggerFactory.getLogger(ClientRequests.class);

  private final TurnStore turns;
  private final ReplyChannel replies;
  private final Cancellation cancellation;
  private final Turnstile turnstile;
  private final GatewayMetrics metrics;

  ClientRequests(
      TurnStore turns, ReplyChannel replies, Turnstile turnstile, GatewayMetrics metrics) {
    this.turns = turns;
    this.replies = replies;
    this.cancellation = new Cancellation(turns, replies);
    this.turnstile = turnstile;
    this.metrics = metrics;
  }

  /// Answers one request of `owner`.
  ///
  /// @param answers takes each frame of the answer, in order; may wait
  void answer(OwnerId owner, ClientMessage.Request request, Consumer<String> answers) {
    switch (request) {
      case ClientMessage.Ping() -> answers.accept(new GatewayEvent.Pong().toJson());
      case ClientMessage.Resume(var jobs) -> {
        metrics.resumeAsked();
        lastOfEach(jobs).forEach(shown -> metrics.resumed(resume(owner, shown, answers)));
      }
      case ClientMessage.Cancel(String jobId) -> cancel(owner, jobId, answers);
      case ClientMessage.Other() -> LOG.debug("passed over a message of {}", owner);
      case ClientMessage.Malformed() ->
          answers.accept(GatewayEvent.Refusal.invalidMessage().toJson());
    }
  }

  /// A job that is named more than once is looked up once.
  private static Collection<ClientMessage.Shown> lastOfEach(List<ClientMessage.Shown> jobs) {
    var byJob = new LinkedHashMap<String, ClientMessage.Shown>();
    jobs.forEach(shown -> byJob.put(shown.jobId(), shown));
    return byJob.values();
  }

  private Resume resume(OwnerId owner, ClientMessage.Shown shown, Consumer<String> answers) {
    var job = JobId.parse(shown.jobId());
    if (job == null) {
      return unknown(shown, answers);
    }
    try (var _ = LogScope.of(job, null)) {
      return resumeIfPossible(owner, job, shown, answers);
    }
  }

  private Resume resumeIfPossible(
      OwnerId owner, JobId job, ClientMessage.Shown shown, Consumer<String> answers) {
    try {
      return resume(owner, job, shown, answers);
    } catch (StoreUnavailableException e) {
      LOG.warn("cannot resume {}; the client asks again", job, e);
      answers.accept(GatewayEvent.Refusal.unavailable(shown.jobId()).toJson());
      return Resume.UNAVAILABLE;
    }
  }

  /// A client that shows the attempt that is being written needs the table for nothing: when a
  /// gateway dies, thousands of those come at once.
  private Resume resume(
      OwnerId owner, JobId job, ClientMessage.Shown shown, Consumer<String> answers) {
    var live = turnstile.call(() -> snapshot(owner, job));
    if (live != null && live.attempt() == shown.attempt()) {
      return send(Resumption.rest(job, live, shown), answers);
    }
    var turn = turnstile.call(() -> find(owner, job));
    if (turn == null) {
      return unknown(shown, answers);
    }
    var sent = send(Resumption.events(turn, live, shown), answers);
    return sent == Resume.UP_TO_DATE && live == null && turn.state() instanceof TurnState.Running
        ? Resume.TEXT_LOST
        : sent;
  }

  private static Resume unknown(ClientMessage.Shown shown, Consumer<String> answers) {
    answers.accept(GatewayEvent.Refusal.notFound(shown.jobId()).toJson());
    return Resume.NOT_FOUND;
  }

  private static Resume send(List<ReplyEvent> events, Consumer<String> answers) {
    events.forEach(event -> tell(event, answers));
    return events.isEmpty() ? Resume.UP_TO_DATE : Resume.SENT;
  }

  private static void tell(ReplyEvent event, Consumer<String> answers) {
    var frame = event.toJson();
    answers.accept(frame);
    EndLog.handedOver(frame, 1);
  }

  private void cancel(OwnerId owner, String jobId, Consumer<String> answers) {
    var job = JobId.parse(jobId);
    if (job == null) {
      answers.accept(GatewayEvent.Refusal.notFound(jobId).toJson());
      return;
    }
    try (var _ = LogScope.of(job, null)) {
      cancel(owner, job, answers);
    }
  }

  private void cancel(OwnerId owner, JobId job, Consumer<String> answers) {
    try {
      var turn = turnstile.call(() -> cancellation.request(owner, job));
      if (turn == null) {
        answers.accept(GatewayEvent.Refusal.notFound(job.value()).toJson());
      } else if (!turn.state().isOpen()) {
        // without Redis nobody else tells it, and hearing it twice does no harm
        tell(ReplyEvent.ofFinal(turn), answers);
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("cannot cancel {}; the user tries again", job, e);
      answers.accept(GatewayEvent.Refusal.unavailable(job.value()).toJson());
    }
  }

  private @Nullable Turn find(OwnerId owner, JobId job) {
    var turn = turns.find(job);
    return turn != null && turn.owner().equals(owner) ? turn : null;
  }

  private @Nullable LiveReply snapshot(OwnerId owner, JobId job) {
    try {
      return replies.snapshot(owner, job);
    } catch (CacheUnavailableException e) {
      LOG.warn("no live text of {} ({}); the client polls", job, e.getMessage());
      return null;
    }
  }
}
