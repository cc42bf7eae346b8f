package dev.prosa.local.chat;

import dev.prosa.core.reply.ReplyEvent;

/// What one reply looks like now. The rules are those of the page: a delta counts where it fits, a
/// higher attempt starts from nothing, and the first final event is the last word, but for a
/// failure: a higher attempt goes on after it, because an operator may redrive the job.
///
/// @param attempt the attempt that `text` is of; 0 when nothing is known yet
/// @param text what is shown
/// @param phase how far it is
/// @param note what else is to be said, such as why it waits or failed; may be empty
record ReplyView(int attempt, String text, Phase phase, String note) {

  /// A reply nobody has heard of yet.
  static final ReplyView NONE = new ReplyView(0, "", Phase.OPEN, "");

  enum Phase {
    OPEN,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  /// What an event makes of a view.
  ///
  /// @param view the same object when the event has no effect
  /// @param gap whether text is missing before the delta that came
  record Step(ReplyView view, boolean gap) {}

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /// Applies one event.
  Step after(ReplyEvent event) {
    if (isOpen()) {
      return event instanceof ReplyEvent.ReplyDelta delta
          ? append(delta)
          : new Step(changed(event), false);
    }
    return phase == Phase.FAILED && event.attempt() > attempt
        ? new ReplyView(attempt, "", Phase.OPEN, "").after(event)
        : new Step(this, false);
  }

  private ReplyView changed(ReplyEvent event) {
    return switch (event) {
      case ReplyEvent.JobWaiting waiting -> waiting(waiting);
      case ReplyEvent.ReplyStarted started -> inAttempt(started.attempt());
      case ReplyEvent.ReplyDelta delta -> append(delta).view();
      case ReplyEvent.ReplyCompleted end ->
          new ReplyView(Math.max(1, end.attempt()), end.content(), Phase.COMPLETED, "");
      case ReplyEvent.JobFailed end ->
          end.attempt() < attempt
              ? this
              : new ReplyView(end.attempt(), text, Phase.FAILED, end.message());
      case ReplyEvent.JobCancelled end ->
          new ReplyView(Math.max(attempt, end.attempt()), end.content(), Phase.CANCELLED, "");
    };
  }

  private ReplyView waiting(ReplyEvent.JobWaiting event) {
    if (event.attempt() < attempt) {
      return this;
    }
    var base = inAttempt(event.attempt());
    return new ReplyView(base.attempt, base.text, Phase.OPEN, event.message());
  }

  /// Text of two attempts is never mixed.
  private ReplyView inAttempt(int number) {
    return number > attempt ? new ReplyView(number, "", Phase.OPEN, "") : this;
  }

  private Step append(ReplyEvent.ReplyDelta delta) {
    if (delta.attempt() < Math.max(1, attempt) || delta.offset() < 0) {
      return new Step(this, false);
    }
    var base = inAttempt(delta.attempt());
    var shown = base.text.length();
    if (delta.offset() > shown) {
      return new Step(base, true);
    }
    if (delta.end() <= shown) {
      return new Step(base, false);
    }
    var tail = delta.text().substring(shown - delta.offset());
    return new Step(new ReplyView(base.attempt, base.text + tail, Phase.OPEN, ""), false);
  }
}
