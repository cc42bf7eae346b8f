package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.core.redrive.Letters;
import dev.prosa.core.redrive.Redrive;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.ingest.LetterViews.ActionView;
import dev.prosa.ingest.LetterViews.RedrivenView;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// `POST /v1/ops/letters/redrive`: has the jobs of all dead letters tried again at a bounded rate,
/// oldest first, for operators. One request does what it can in its time; whoever wants all asks
/// again with the same `before`, so that what fails again meanwhile is not redriven for ever.
public final class RedriveLettersHandler extends OperatorHandler {

  /// As `./prosa dlq redrive --all` has it: slow enough not to push new jobs aside.
  private static final double DEFAULT_RATE = 10;

  private static final double MIN_RATE = 0.1;
  private static final double MAX_RATE = 100;

  /// How long one request works, as far as letters take their full time.
  private static final int SECONDS = 5;

  private static final double NANOS = 1e9;

  /// Made by Lambda, from the environment.
  public RedriveLettersHandler() {
    this(IngestMain.shared());
  }

  RedriveLettersHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent operate(Request request) {
    var body = Body.of(request);
    var rate = rate(body);
    var before = before(body);
    var desk = desk(request);
    var redrive = desk.redrive();
    try (var letters = desk.take((int) Math.ceil(rate * SECONDS))) {
      var due = letters.groups().stream().filter(g -> g.since().isBefore(before)).toList();
      var results = redriveInTime(redrive, letters, due, new Pace(rate, request));
      var more = letters.more() || results.size() < due.size();
      return Exchange.answer(200, new RedrivenView(results, more, before.toString()));
    }
  }

  private static List<ActionView> redriveInTime(
      Redrive redrive, Letters letters, List<LetterGroup> due, Pace pace) {
    var results = new ArrayList<ActionView>();
    for (var group : due) {
      if (!pace.await()) {
        break;
      }
      results.add(LetterViews.redriven(group, redrive.redrive(letters, group)));
    }
    return results;
  }

  /// The n-th begins no earlier than n / rate after the first.
  private final class Pace {

    private final double rate;
    private final WorkTime time;
    private final Clockwork.Bell bell = ingest().clock().bell();
    private final long begin = ingest().clock().nanoTime();
    private long done;

    Pace(double rate, Request request) {
      this.rate = rate;
      this.time = WorkTime.of(ingest(), request);
    }

    /// Waits until the next one may begin, and tells whether there is time for it.
    boolean await() {
      try {
        var due = begin + (long) (done++ * NANOS / rate);
        bell.await(due - ingest().clock().nanoTime());
        return time.isLeft();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private static double rate(Body body) {
    var rate = body.numberOr("rate", DEFAULT_RATE);
    if (!(rate >= MIN_RATE && rate <= MAX_RATE)) {
      throw Request.refuse(
          ProblemCode.INVALID_FIELD, "rate is a number of jobs a second, 0.1 to 100.", "rate");
    }
    return rate;
  }

  private Instant before(Body body) {
    var text = body.textOrNull("before");
    try {
      return text == null ? ingest().clock().instant() : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Request.refuse(
          ProblemCode.INVALID_FIELD, "before is a time such as 2026-03-01T12:00:00Z.", "before");
    }
  }
}
