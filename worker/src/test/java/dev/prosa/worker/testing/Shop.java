package dev.prosa.worker.testing;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.provider.Price;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.OpenTurns;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.worker.account.Books;
import dev.prosa.worker.account.Progress;
import dev.prosa.worker.llm.BreakerRules;
import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.llm.Offer;
import dev.prosa.worker.llm.ProviderChain;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.process.Workplace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A workplace on doubles, and what the browsers of everybody were told.
public final class Shop {

  public static final OwnerId ANN = new OwnerId("ann");
  public static final Duration LEASE = Duration.ofSeconds(30);
  public static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static final Duration LONG = Duration.ofMinutes(1);

  public final ManualTime time = new ManualTime();
  public final TurnDatabase database = TurnDatabase.inMemory(time);
  public final InMemoryJobQueue queue = JobQueue.inMemory(time, LEASE);
  public final ScriptedModel model = new ScriptedModel();

  public final List<ModelCall> calls = new CopyOnWriteArrayList<>();
  public final List<Turn> ended = new CopyOnWriteArrayList<>();

  public Clockwork clockwork = Clockwork.of(time);
  public ProviderChain chain = chain(model);
  public Prompts prompts = Prompts.NONE;
  public Workplace.Rules rules = Workplace.Rules.with(LONG, LONG, LONG);
  public TurnStore turns = database.turns();
  public OpenTurns open = database.open();
  public JobQueue letters = queue;
  public ContextCache contexts = ContextCache.inMemory();
  public ReplyChannel channel = ReplyChannel.inMemory();

  public final List<Progress> progress = new CopyOnWriteArrayList<>();

  private final List<String> frames = new CopyOnWriteArrayList<>();

  public Shop() {
    var _ = channel.subscribe(GatewayId.create(), (_, frame, _) -> frames.add(frame));
  }

  /// A chain of models of different providers, in this order.
  public ProviderChain chain(LanguageModel... models) {
    var offers = Arrays.stream(models).map(model -> new Offer(model, Price.FREE, 1_000)).toList();
    return ProviderChain.of(offers, BreakerRules.DEFAULT, time);
  }

  public Workplace workplace() {
    var shown = new TurnDatabase(turns, database.conversations(), open, database.erasures());
    return new Workplace(
        shown,
        contexts,
        letters,
        channel,
        chain,
        prompts,
        rules,
        clockwork,
        new Books(calls::add, ended::add, progress::add));
  }

  public PokeHandler handler() {
    return PokeHandler.answering(workplace());
  }

  public Turn accepted(String prompt) {
    return accepted(null, prompt);
  }

  public Turn accepted(@Nullable ConversationId conversation, String prompt) {
    return accepted(conversation, prompt, null);
  }

  /// A turn whose end settles something.
  ///
  /// @param reservation null when nothing is counted
  public Turn accepted(
      @Nullable ConversationId conversation, String prompt, @Nullable String reservation) {
    return accepted(
        new NewTurn(
            ANN,
            conversation,
            prompt,
            null,
            Duration.ofMinutes(10),
            TRACE,
            null,
            null,
            reservation));
  }

  /// A message that names a system prompt.
  public Turn acceptedWith(String promptName, String prompt) {
    return accepted(
        new NewTurn(
            ANN, null, prompt, null, Duration.ofMinutes(10), TRACE, null, promptName, null));
  }

  private Turn accepted(NewTurn request) {
    return ((AcceptOutcome.Accepted) database.turns().accept(request)).turn();
  }

  /// Takes a turn as another worker would.
  public Turn claimed(JobId job) {
    var claim = new Claim("other-worker", LEASE, 4);
    return ((ClaimOutcome.Claimed) database.turns().claim(job, claim)).turn();
  }

  /// Opens a failed turn again as a redrive does.
  public void reopened(Turn failed) {
    var _ = database.turns().reopen(failed.job(), Duration.ofMinutes(10));
  }

  public static Poke poke(Turn turn) {
    return new Poke(turn.job(), TRACE);
  }

  public Turn found(Turn turn) {
    return Objects.requireNonNull(database.turns().find(turn.job()));
  }

  /// What the browsers were told, oldest first.
  public List<String> frames() {
    return List.copyOf(frames);
  }

  /// The types of what the browsers were told, oldest first.
  public List<String> events() {
    return frames.stream()
        .map(frame -> frame.replaceAll(".*\"type\":\"([a-z.]+)\".*", "$1"))
        .toList();
  }
}
