package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists that are read page by page while somebody writes.
class PagingTest {

  private final Api api = new Api();

  static List<Long> seeds() {
    return new Random(20_261_121).longs(40, 0, 1_000_000).boxed().toList();
  }

  private String begin() {
    api.time.pass(Duration.ofSeconds(1));
    return api.say("Hi").text("conversationId");
  }

  private void goOn(String conversation) {
    api.time.pass(Duration.ofSeconds(1));
    assertThat(api.say("Hi", conversation).status()).isEqualTo(202);
  }

  private static List<String> pages(
      Function<Map<String, String>, Said> list,
      String items,
      String field,
      int limit,
      Runnable meanwhile) {
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var query = new HashMap<>(Map.of("limit", "" + limit));
      if (!cursor.isEmpty()) {
        query.put("cursor", cursor);
      }
      var page = list.apply(query);
      assertThat(page.texts(items, field)).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(page.texts(items, field));
      cursor = page.text("nextCursor");
      meanwhile.run();
    } while (!cursor.isEmpty());
    return seen;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_conversation_that_nobody_touches_is_seen_once(long seed) {
    var random = new Random(seed);
    var untouched = new HashSet<String>();
    var all = new ArrayList<String>();
    for (int i = 10 + random.nextInt(40); i > 0; i--) {
      all.add(begin());
    }
    untouched.addAll(all);

    var seen =
        pages(
            api::conversations,
            "conversations",
            "id",
            1 + random.nextInt(7),
            () -> {
              for (int i = random.nextInt(3); i > 0 && !all.isEmpty(); i--) {
                untouched.removeAll(List.of(change(all, random)));
              }
            });

    assertThat(seen).as("seed %d", seed).containsAll(untouched).doesNotHaveDuplicates();
  }

  /// Begins, uses, renames or erases a conversation, and says which one was used or erased.
  private String change(List<String> all, Random random) {
    var one = all.get(random.nextInt(all.size()));
    switch (random.nextInt(4)) {
      case 0 -> all.add(begin());
      case 1 -> api.rename(one, "{\"title\":\"Other\"}");
      case 2 -> {
        goOn(one);
        return one;
      }
      default -> {
        all.remove(one);
        assertThat(api.delete(one).status()).isEqualTo(204);
        return one;
      }
    }
    return "";
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_message_is_seen_once_whatever_is_said_meanwhile(long seed) {
    var random = new Random(seed);
    var conversation = begin();
    for (int i = random.nextInt(30); i > 0; i--) {
      goOn(conversation);
    }
    var before = new ArrayList<>(ids(conversation));

    var seen =
        pages(
            query -> api.messages(conversation, query),
            "messages",
            "id",
            1 + random.nextInt(9),
            () -> {
              for (int i = random.nextInt(3); i > 0; i--) {
                goOn(conversation);
              }
            });

    assertThat(seen).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(before);
    assertThat(before).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void a_page_of_messages_has_as_many_as_it_may(int limit) {
    var conversation = begin();
    goOn(conversation);
    goOn(conversation);
    var all = ids(conversation);

    var page = api.messages(conversation, Map.of("limit", "" + limit));

    assertThat(all).hasSize(6);
    assertThat(page.texts("messages", "id")).isEqualTo(all.subList(Math.max(0, 6 - limit), 6));
    assertThat(page.text("nextCursor").isEmpty()).isEqualTo(limit >= 6);
  }

  @ParameterizedTest
  @CsvSource({"limit,0", "limit,101", "cursor,x", "cursor,cQ", "cursor,MHE", "cursor,MXFx"})
  void a_bad_page_of_messages_is_refused(String parameter, String value) {
    api.messages(begin(), Map.of(parameter, value)).isProblem(ProblemCode.INVALID_FIELD, parameter);
  }

  private List<String> ids(String conversation) {
    var ids = api.messages(conversation, Map.of("limit", "100")).texts("messages", "id");
    return Collections.unmodifiableList(ids);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void an_export_has_every_turn_once_whatever_is_said_meanwhile(long seed) {
    var random = new Random(seed);
    var conversation = begin();
    for (int i = random.nextInt(30); i > 0; i--) {
      goOn(conversation);
    }
    var before = api.export(conversation, Map.of("limit", "50")).texts("turns", "jobId");

    var seen =
        pages(
            query -> api.export(conversation, query),
            "turns",
            "jobId",
            1 + random.nextInt(5),
            () -> goOn(conversation));

    assertThat(seen).as("seed %d", seed).containsExactlyElementsOf(before);
  }
}
