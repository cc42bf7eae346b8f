package dev.prosa.bench.providers;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.provider.Price;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.account.Books;
import dev.prosa.worker.llm.BreakerRules;
import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.llm.Offer;
import dev.prosa.worker.llm.OpenAiEndpoint;
import dev.prosa.worker.llm.ProviderChain;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.process.Workplace;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/// What a worker does with a poke, on stores in memory, so that nothing but the way to the provider
/// takes time. Thread-safe.
final class LoneWorker {

  /// The longest time for one reply, as in production when nothing else is set.
  static final Duration TOTAL = Duration.ofMinutes(2);

  static final String KEY = "bench";
  static final String MODEL = "bench";
  static final String QUESTION = "How are you?";

  private static final OwnerId OWNER = new OwnerId("bench");
  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final Workplace.Rules RULES =
      Workplace.Rules.with(Duration.ofSeconds(30), Duration.ofSeconds(20), TOTAL);

  private final TurnDatabase database;
  private final PokeHandler handler;
  private final Semaphore texts = new Semaphore(0);

  /// @param models in the order of preference
  /// @param concurrency how many calls each provider takes at once
  LoneWorker(List<LanguageModel> models, int concurrency, InstantSource clock) {
    database = TurnDatabase.inMemory(clock);
    var offers = models.stream().map(m -> new Offer(m, Price.FREE, concurrency)).toList();
    var channel = ReplyChannel.inMemory();
    handler =
        PokeHandler.answering(
            new Workplace(
                database,
                ContextCache.inMemory(),
                JobQueue.inMemory(clock, RULES.lease()),
                channel,
                ProviderChain.of(offers, BreakerRules.DEFAULT, clock),
                Prompts.NONE,
                RULES,
                Clockwork.of(clock),
                Books.NONE));
    var _ = channel.subscribe(GatewayId.create(), (_, frame, _) -> hear(frame));
  }

  /// The model of a provider, asked with the client of production.
  static LanguageModel model(String provider, URI uri, InstantSource clock) {
    return LanguageModel.openAi(OpenAiEndpoint.of(provider, uri, KEY, MODEL, TOTAL), clock);
  }

  private void hear(String frame) {
    if (frame.contains("\"reply.delta\"")) {
      texts.release();
    }
  }

  /// Begins a conversation with one question.
  Turn accept() {
    var request = new NewTurn(OWNER, null, QUESTION, null, DEADLINE, null, null);
    return ((AcceptOutcome.Accepted) database.turns().accept(request)).turn();
  }

  /// Answers a turn; returns when it is over or given back.
  void serve(Turn turn) {
    var _ = handler.serve(new Poke(turn.job(), null), () -> {});
  }

  /// Ends the answer to a turn.
  void cancel(Turn turn) {
    handler.cancel(turn.job());
  }

  /// Where a turn stands now.
  TurnState state(Turn turn) {
    return Objects.requireNonNull(database.turns().find(turn.job())).state();
  }

  /// One permit for each piece of text that has travelled to the browsers.
  Semaphore texts() {
    return texts;
  }
}
