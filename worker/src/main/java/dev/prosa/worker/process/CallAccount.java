package dev.prosa.worker.process;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.core.usage.ModelCall.Outcome;
import dev.prosa.worker.llm.Offer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Accounts for one call: once when it begins, so that a worker that dies leaves a trace of it, and
/// once when it ends. Used by one thread.
final class CallAccount {

  /// A common rule for what the provider did not count (OpenAI help center, "What are tokens").
  private static final int CHARACTERS_PER_TOKEN = 4;

  private static final Usage NOTHING = new Usage(0, 0);

  private final Workplace workplace;
  private final ModelCall.Id id;
  private final Offer offer;
  private final Instant begin;
  private final long beginNanos;
  private final long sent;
  private long received;
  private @Nullable Duration firstToken;

  private CallAccount(Workplace workplace, ModelCall.Id id, Offer offer, long sent) {
    this.workplace = workplace;
    this.id = id;
    this.offer = offer;
    this.begin = workplace.clock().instant();
    this.beginNanos = workplace.clock().nanoTime();
    this.sent = sent;
  }

  /// @param number counted within the attempt, from 1
  static CallAccount open(
      Workplace workplace, Turn turn, ConversationContext context, int number, Offer offer) {
    var prompt = workplace.prompts().find(turn.promptName());
    var sent = turn.prompt().length() + (prompt == null ? 0L : prompt.text().length());
    for (var exchange : context.exchanges()) {
      sent += exchange.prompt().length() + exchange.reply().length();
    }
    var id = new ModelCall.Id(turn.job(), turn.attempt(), number);
    var account = new CallAccount(workplace, id, offer, sent);
    account.write(Outcome.STARTED, account.estimate(), true, Duration.ZERO);
    return account;
  }

  void heard(String text) {
    if (firstToken == null) {
      firstToken = passed();
    }
    received += text.length();
  }

  /// @param usage null when the provider did not say
  void end(Outcome outcome, @Nullable Usage usage) {
    write(outcome, usage == null ? estimate() : usage, usage == null, passed());
  }

  /// A call that the provider did not take costs nothing.
  void endUnserved() {
    write(Outcome.FAILED, NOTHING, false, passed());
  }

  private void write(Outcome outcome, Usage usage, boolean estimated, Duration total) {
    workplace
        .books()
        .called()
        .accept(
            new ModelCall(
                id,
                offer.model().provider(),
                offer.model().name(),
                outcome,
                usage,
                estimated,
                offer.price().nanos(usage),
                new ModelCall.Timing(begin, firstToken, total)));
  }

  private Usage estimate() {
    return new Usage(tokens(sent), tokens(received));
  }

  private static long tokens(long characters) {
    return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
  }

  private Duration passed() {
    return Duration.ofNanos(workplace.clock().nanoTime() - beginNanos);
  }
}
