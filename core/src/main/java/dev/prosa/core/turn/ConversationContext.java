package dev.prosa.core.turn;

import java.util.ArrayList;
import java.util.List;

/// What a model is told of a conversation before its newest question. Bounded, so that an old
/// conversation costs no more than a new one.
///
/// @param upTo the last turn it covers: that turn and all before it were final when it was made; 0
///   for none
/// @param exchanges the newest ones that fit, oldest first
/// @param sinceFailed how many exchanges followed the newest failed turn whose reply would belong
///   here after a redrive; -1 when there is no such turn
public record ConversationContext(int upTo, List<Exchange> exchanges, int sinceFailed) {

  /// The most exchanges a context has.
  public static final int MAX_EXCHANGES = 20;

  /// The most characters a context has: about 12,000 tokens, which every current model takes.
  public static final int MAX_CHARS = 48_000;

  /// What a conversation begins with.
  public static final ConversationContext EMPTY = new ConversationContext(0, List.of());

  private static final int NONE_FAILED = -1;

  public ConversationContext {
    exchanges = List.copyOf(exchanges);
  }

  /// A context in whose reach no turn failed.
  public ConversationContext(int upTo, List<Exchange> exchanges) {
    this(upTo, exchanges, NONE_FAILED);
  }

  /// Whether it stays right for ever. Otherwise a turn in its reach failed: a redrive opens that
  /// turn again, and its reply then belongs in here, so whoever needs a context reads the table.
  public boolean staysRight() {
    return sinceFailed == NONE_FAILED;
  }

  /// A question and what was answered.
  ///
  /// @param prompt the user's message
  /// @param reply the reply, or the part of it that was written before the user stopped it
  public record Exchange(String prompt, String reply) {

    int chars() {
      return prompt.length() + reply.length();
    }
  }

  /// This context after one more final turn. A failed turn has nothing to tell.
  ///
  /// @throws IllegalArgumentException when the turn is open, or not the next one
  public ConversationContext plus(Turn turn) {
    if (turn.job().turn() != upTo + 1) {
      throw new IllegalArgumentException(turn.job() + " does not follow turn " + upTo);
    }
    return switch (turn.state()) {
      case TurnState.Completed(Reply reply) ->
          with(turn, new Exchange(turn.prompt(), reply.content()));
      case TurnState.Cancelled(String content) when !content.isEmpty() ->
          with(turn, new Exchange(turn.prompt(), content));
      case TurnState.Cancelled _ ->
          new ConversationContext(turn.job().turn(), exchanges, sinceFailed);
      case TurnState.Failed _ -> new ConversationContext(turn.job().turn(), exchanges, 0);
      case TurnState.Accepted _, TurnState.Running _ ->
          throw new IllegalArgumentException(turn.job() + " is open");
    };
  }

  private ConversationContext with(Turn turn, Exchange newest) {
    var all = new ArrayList<>(exchanges);
    all.add(newest);
    var kept = fitting(all);
    return new ConversationContext(turn.job().turn(), kept, sinceFailedAfterOneMore(kept.size()));
  }

  /// A failed turn is out of reach when the context is full of newer exchanges, or one of them was
  /// dropped already for its length: then its own reply would be dropped, too.
  private int sinceFailedAfterOneMore(int kept) {
    var since = sinceFailed + 1;
    return staysRight() || since > kept || since >= MAX_EXCHANGES ? NONE_FAILED : since;
  }

  private static List<Exchange> fitting(List<Exchange> all) {
    var from = all.size();
    var chars = 0;
    while (from > 0 && all.size() - from < MAX_EXCHANGES) {
      chars += all.get(from - 1).chars();
      if (chars > MAX_CHARS) {
        break;
      }
      from--;
    }
    return all.subList(from, all.size());
  }
}
