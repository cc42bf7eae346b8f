package dev.prosa.core.limit;

import dev.prosa.core.identity.Caller;
import dev.prosa.core.provider.Price;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// How much may be taken, and what a job is reckoned at before it is known what it takes.
///
/// @param user by each user
/// @param tenant by all users of a tenant
/// @param model of each model
/// @param reckoning of a job
public record Limits(Limit user, Limit tenant, Limit model, Reckoning reckoning) {

  /// A common rule (OpenAI help center, "What are tokens").
  private static final int CHARACTERS_PER_TOKEN = 4;

  /// What the longest context is reckoned at, in tokens.
  public static final long LONGEST_CONTEXT =
      Math.ceilDiv(ConversationContext.MAX_CHARS, CHARACTERS_PER_TOKEN);

  /// Nothing is limited.
  public static final Limits NONE =
      new Limits(Limit.NONE, Limit.NONE, Limit.NONE, new Reckoning(0, "", Map.of()));

  /// What a job is reckoned at.
  ///
  /// @param replyTokens what a reply has; 0 or more
  /// @param defaultModel what answers when a message asks for none
  /// @param prices what models cost; one that is not there is free
  public record Reckoning(int replyTokens, String defaultModel, Map<String, Price> prices) {

    public Reckoning {
      prices = Map.copyOf(prices);
    }

    private String model(@Nullable String asked) {
      return asked == null ? defaultModel : asked;
    }

    private Amount amount(String prompt, long context, @Nullable String asked) {
      var sent = tokens(prompt) + context;
      var price = prices.getOrDefault(model(asked), Price.FREE);
      return new Amount(sent + replyTokens, price.nanos(new Usage(sent, replyTokens)));
    }

    /// What a turn adds to the context of the next ones; 0 when it adds nothing.
    private long exchange(Turn turn) {
      return switch (turn.state()) {
        case TurnState.Completed(Reply reply) -> tokens(turn.prompt()) + tokens(reply.content());
        case TurnState.Cancelled(String content) ->
            content.isEmpty() ? 0 : tokens(turn.prompt()) + tokens(content);
        case TurnState.Failed _ -> 0;
        case TurnState.Accepted _, TurnState.Running _ -> tokens(turn.prompt()) + replyTokens;
      };
    }
  }

  /// The limits in the settings.
  public static Limits of(ProviderSettings configured) {
    var settings = configured.settings();
    var prices = new HashMap<String, Price>();
    for (var provider : configured.providers()) {
      provider.models().forEach(model -> prices.putIfAbsent(model, provider.price()));
    }
    var reckoning =
        new Reckoning(
            settings.number(Setting.RESERVED_TOKENS),
            configured.providers().getFirst().model(),
            prices);
    return new Limits(
        limit(
            settings,
            Setting.USER_REQUESTS_PER_MINUTE,
            Setting.USER_JOBS_IN_FLIGHT,
            Setting.USER_TOKENS_PER_DAY,
            Setting.USER_COST_PER_DAY),
        limit(
            settings,
            Setting.TENANT_REQUESTS_PER_MINUTE,
            Setting.TENANT_JOBS_IN_FLIGHT,
            Setting.TENANT_TOKENS_PER_DAY,
            Setting.TENANT_COST_PER_DAY),
        limit(
            settings,
            Setting.MODEL_REQUESTS_PER_MINUTE,
            Setting.MODEL_JOBS_IN_FLIGHT,
            Setting.MODEL_TOKENS_PER_DAY,
            Setting.MODEL_COST_PER_DAY),
        reckoning);
  }

  private static Limit limit(
      Settings settings, Setting requests, Setting jobs, Setting tokens, Setting cost) {
    return new Limit(
        settings.number(requests),
        settings.number(jobs),
        new Amount(settings.number(tokens), settings.dollarNanos(cost)));
  }

  /// What a job of this caller takes from.
  ///
  /// @param asked the model that the message asks for; null for the default
  public List<Quota> quotas(Caller caller, @Nullable String asked) {
    var quotas = new ArrayList<Quota>();
    quotas.add(new Quota(new Scope(Scope.Kind.USER, caller.owner().value()), user));
    if (caller.tenant() != null) {
      quotas.add(new Quota(new Scope(Scope.Kind.TENANT, caller.tenant()), tenant));
    }
    quotas.add(new Quota(new Scope(Scope.Kind.MODEL, reckoning.model(asked)), model));
    return quotas.stream().filter(quota -> quota.limit().isSet()).toList();
  }

  /// What a job is reckoned at.
  ///
  /// @param context tokens of what the model is told of the conversation before; 0 for a new one
  /// @param asked the model that the message asks for; null for the default
  public Amount reckon(String prompt, long context, @Nullable String asked) {
    return reckoning.amount(prompt, context, asked);
  }

  /// The tokens that a model is told of a conversation before its next message, as they are
  /// reckoned; never less, and at most [#LONGEST_CONTEXT].
  ///
  /// @param newestFirst the newest turns of the conversation without a gap
  public long context(List<Turn> newestFirst) {
    var exchanges = newestFirst.stream().mapToLong(reckoning::exchange).filter(e -> e > 0);
    var newest = exchanges.limit(ConversationContext.MAX_EXCHANGES).toArray();
    var isWhole = newestFirst.isEmpty() || newestFirst.getLast().job().turn() == 1;
    return isWhole || newest.length == ConversationContext.MAX_EXCHANGES
        ? Math.min(LongStream.of(newest).sum(), LONGEST_CONTEXT)
        : LONGEST_CONTEXT;
  }

  private static long tokens(String text) {
    return Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN);
  }
}
