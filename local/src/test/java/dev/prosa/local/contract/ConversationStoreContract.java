package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.Conversation;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.ConversationStore;
import dev.prosa.core.turn.TurnDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void keeps_the_title_that_its_owner_gave() {
    var id = conversation("Hi");
    var created = time.instant();
    time.pass(SECOND);

    var renamed = conversations.rename(owner, id, "Grüße 👋");
    accepted(id);

    assertThat(renamed).isEqualTo(new Conversation(id, owner, "Grüße 👋", 1, created, created));
    assertThat(conversations.find(id))
        .isEqualTo(new Conversation(id, owner, "Grüße 👋", 2, created, time.instant()));
  }

  @Test
  void a_new_title_moves_no_conversation_in_the_list() {
    var made = conversations(3);
    time.pass(SECOND);

    conversations.rename(owner, made.getFirst(), "Old");

    assertThat(ids(conversations.list(owner, null, 100)))
        .containsExactlyElementsOf(made.reversed());
  }

  @Test
  void renames_nothing_that_is_foreign_unknown_or_erased() {
    var id = conversation("Hi");
    var erased = conversation("Hi");
    database.erasures().begin(owner, erased);

    assertThat(conversations.rename(someone(), id, "Mine")).isNull();
    assertThat(conversations.rename(owner, ConversationId.create(), "Mine")).isNull();
    assertThat(conversations.rename(owner, erased, "Back")).isNull();

    assertThat(conversations.find(id)).extracting(Conversation::title).isEqualTo("Hi");
    assertThat(conversations.list(owner, null, 100).items()).hasSize(1);
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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 5, 8, 13, 21, 34})
  void shows_once_what_nobody_touches_while_others_come_are_used_and_go(long seed) {
    var random = new Random(seed);
    var all = conversations(12 + random.nextInt(12));
    var untouched = new HashSet<>(all);
    var seen = new ArrayList<ConversationId>();
    ConversationStore.Cursor after = null;

    do {
      var page = conversations.list(owner, after, 1 + random.nextInt(4));
      seen.addAll(ids(page));
      after = page.next();
      touch(all, untouched, random);
    } while (after != null);

    assertThat(seen).as("seed %d", seed).containsAll(untouched).doesNotHaveDuplicates();
  }

  private void touch(List<ConversationId> all, Set<ConversationId> untouched, Random random) {
    var one = all.get(random.nextInt(all.size()));
    switch (random.nextInt(4)) {
      case 0 -> all.add(conversation("Hi"));
      case 1 -> conversations.rename(owner, one, "Other");
      case 2 -> {
        time.pass(SECOND);
        accepted(one);
        untouched.remove(one);
      }
      default -> {
        database.erasures().begin(owner, one);
        all.remove(one);
        untouched.remove(one);
      }
    }
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
