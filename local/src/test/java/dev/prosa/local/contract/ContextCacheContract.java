package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationContext.Exchange;
import dev.prosa.core.turn.ConversationId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of a conversation between its turns.
abstract class ContextCacheContract {

  final ConversationId conversation = ConversationId.create();

  abstract ContextCache cache();

  static ConversationContext context(int upTo) {
    return new ConversationContext(upTo, List.of(new Exchange("Grüße 👋\n\"?\"", "Hallo 世界")));
  }

  @Test
  void finds_what_was_put() {
    cache().put(conversation, context(7));

    assertThat(cache().find(conversation, 7)).isEqualTo(context(7));
  }

  @Test
  void finds_an_empty_context() {
    cache().put(conversation, ConversationContext.EMPTY);

    assertThat(cache().find(conversation, 0)).isEqualTo(ConversationContext.EMPTY);
  }

  @Test
  void finds_nothing_that_ends_at_another_turn() {
    cache().put(conversation, context(7));

    assertThat(cache().find(conversation, 6)).isNull();
    assertThat(cache().find(conversation, 8)).isNull();
  }

  @Test
  void finds_nothing_of_another_conversation() {
    cache().put(conversation, context(7));

    assertThat(cache().find(ConversationId.create(), 7)).isNull();
  }

  @Test
  void finds_nothing_that_was_removed() {
    cache().put(conversation, context(7));

    cache().remove(conversation);
    cache().remove(ConversationId.create());

    assertThat(cache().find(conversation, 7)).isNull();
  }

  @Test
  void keeps_the_context_that_was_put_last() {
    cache().put(conversation, context(7));
    cache().put(conversation, context(8));

    assertThat(cache().find(conversation, 7)).isNull();
    assertThat(cache().find(conversation, 8)).isEqualTo(context(8));
  }
}
