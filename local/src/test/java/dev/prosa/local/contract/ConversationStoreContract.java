package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.Conversation;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.ConversationStore;
import dev.prosa.core.turn.TurnDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What is known of conversations without their turns.
abstract class ConversationStoreContract extends TurnDatabaseContract {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ConversationStore conversations;

  ConversationStoreContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
    this.conversations = database.conversations();
  }

  private ConversationId conversation(String prompt) {
    time.pass(SECOND);
    return turn(store.accept(message(null, prompt))).job().conversation();
  }

  private List<ConversationId> conversations(int count) {
    var made = new ArrayList<ConversationId>();
    for (int i = 0; i < count; i++) {
      made.add(conversation("Hi"));
    }
    return made;
  }

  private List<ConversationId> pages(int limit) {
    var seen = new ArrayList<ConversationId>();
    var page = conversations.list(owner, null, limit);
    seen.addAll(ids(page));
    while (page.next() != null) {
      page = conversations.list(owner, page.next(), limit);
      assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
      seen.addAll(ids(page));
    }
    return seen;
  }

  private static List<ConversationId> ids(ConversationStore.Page page) {
    return page.items().stream().map(Conversation::id).toList();
  }

  @Test
  void finds_a_conversation() {
    var id = conversation("What is a lease?");
    var created = time.instant();

    var found = conversations.find(id);

    assertThat(found)
        .isEqualTo(new Conversation(id, owner, "What is a lease?", 1, created, created));
  }

  @Test
  void remembers_when_a_conversation_was_used_last() {
    var id = conversation("Hi");
    var created = time.instant();
    time.pass(SECOND);

    accepted(id);

    assertThat(conversations.find(id))
        .isEqualTo(new Conversation(id, owner, "Hi", 2, created, time.instant()));
  }

  @Test
  void finds_no_conversation_that_is_not_there() {
    assertThat(conversations.find(ConversationId.create())).isNull();
  }

  @Test
  void takes_the_first_line_of_the_first_message_as_the_title() {
    var id = conversation("\n  What is a lease? \nAnd a claim?");
    accepted(id);

    assertThat(conversations.find(id))
        .extracting(Conversation::title)
        .isEqualTo("What is a lease?");
  }

  @Test
  void cuts_a_long_title_between_characters() {
    var id = conversation("👋".repeat(61));

    assertThat(conversations.find(id))
        .extracting(Conversation::title)
        .isEqualTo("👋".repeat(60) + "…");
  }

  @Test
  void lists_the_most_recently_used_first() {
    var made = conversations(3);
    time.pass(SECOND);
    accepted(made.getFirst());

    var page = conversations.list(owner, null, 100);

    assertThat(ids(page)).containsExactly(made.get(0), made.get(2), made.get(1));
    assertThat(page.next()).isNull();
  }

  @Test
  void lists_nothing_of_somebody_else() {
    conversation("Hi");

    var page = conversations.list(someone(), null, 100);

    assertThat(page).isEqualTo(new ConversationStore.Page(List.of(), null));
  }

  @Test
  void pages_through_the_list_without_a_gap() {
    var made = conversations(7);

    assertThat(pages(3)).containsExactlyElementsOf(made.reversed());
  }

  @Test
  void knows_that_a_full_page_is_the_last_one() {
    var made = conversations(6);

    assertThat(pages(3)).containsExactlyElementsOf(made.reversed());
  }

  @Test
  void pages_through_conversations_of_one_instant_without_a_gap() {
    var made = new ArrayList<ConversationId>();
    for (int i = 0; i < 7; i++) {
      made.add(accepted().job().conversation());
    }

    assertThat(pages(2)).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void misses_nothing_when_a_conversation_is_used_between_two_pages() {
    var made = conversations(4);
    var first = conversations.list(owner, null, 2);
    time.pass(SECOND);
    accepted(made.get(2));

    var second = conversations.list(owner, first.next(), 2);

    assertThat(ids(second)).containsExactly(made.get(1), made.get(0));
  }
}
