package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.JobId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Shows one reply until it is final, whatever happens to the socket and to the server.
final class ReplyFollower {

  private final HttpApi api;
  private final Link link;
  private final ReplyPrinter printer;
  private final Patience patience;
  private final JobId job;

  private ReplyView view = ReplyView.NONE;
  private Stopwatch sinceEvent = Stopwatch.start();
  private Stopwatch sinceAnswer = Stopwatch.start();
  private @Nullable Stopwatch sinceResume;
  private boolean impatient;

  ReplyFollower(HttpApi api, Link link, ReplyPrinter printer, Patience patience, JobId job) {
    this.api = api;
    this.link = link;
    this.printer = printer;
    this.patience = patience;
    this.job = job;
  }

  /// Events may have passed unseen: asks for them first.
  ReplyFollower catchingUp() throws InterruptedException {
    resume();
    return this;
  }

  /// The server said that no socket of the owner is known to it.
  ReplyFollower polling(boolean yes) {
    impatient = yes;
    return this;
  }

  ReplyView untilFinal() throws InterruptedException {
    while (view.isOpen()) {
      if (link.connectIfDue()) {
        resume();
      }
      var frame = link.next(untilSomethingIsDue());
      var event = frame == null ? null : Frames.event(frame);
      if (event != null && event.jobId().equals(job)) {
        impatient = false;
        sinceAnswer = Stopwatch.start();
        apply(event);
      } else if (!untilPoll().isPositive()) {
        poll();
      }
    }
    return view;
  }

  private Duration untilSomethingIsDue() {
    var poll = untilPoll();
    var connect = link.untilDue();
    return poll.compareTo(connect) < 0 ? poll : connect;
  }

  private Duration untilPoll() {
    var limit = link.isUp() && !impatient ? patience.silence() : patience.alone();
    return limit.minus(sinceEvent.elapsed());
  }

  private void apply(ReplyEvent event) throws InterruptedException {
    var step = view.after(event);
    printer.show(view, step.view());
    if (!step.view().equals(view)) {
      sinceResume = null; // progress answers a resume; more deltas behind the same gap do not
    }
    view = step.view();
    sinceEvent = Stopwatch.start();
    if (step.gap() && mayResume()) {
      resume();
    }
  }

  private boolean mayResume() {
    return sinceResume == null || sinceResume.elapsed().compareTo(patience.gap()) >= 0;
  }

  private void resume() throws InterruptedException {
    if (link.isUp()) {
      sinceResume = Stopwatch.start();
      link.send(Frames.resume(job, view));
    }
  }

  private void poll() throws InterruptedException {
    var answer = api.job(job);
    sinceEvent = Stopwatch.start();
    if (!answer.mayPass()) {
      sinceAnswer = Stopwatch.start();
    }
    switch (answer) {
      case Answer.Served(JsonNode body) -> heard(body);
      case Answer.Refused refused when !refused.mayPass() -> fail(refused.detail());
      case Answer.Refused _, Answer.Unreachable _ -> waitForServer();
    }
  }

  private void heard(JsonNode body) throws InterruptedException {
    var event = Frames.eventOfJob(job, body);
    if (event != null) {
      apply(event);
    }
  }

  private void waitForServer() throws InterruptedException {
    if (sinceAnswer.elapsed().compareTo(patience.absence()) >= 0) {
      fail("The server is away. Nothing is lost: /list and /open show the reply when it is back.");
    } else {
      apply(
          new ReplyEvent.JobWaiting(
              job, view.attempt(), "", null, "The server does not answer; trying again."));
    }
  }

  private void fail(String message) throws InterruptedException {
    apply(new ReplyEvent.JobFailed(job, view.attempt(), "", message, true));
  }
}
