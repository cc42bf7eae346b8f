package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ids that were not given to whoever sends them.
class GuessedIdsTest {

  private static final int GUESSES = 5_000;
  private static final String CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz_-%./ABCV";

  private final Api api = new Api();

  /// The id with one character changed, added or left out.
  private static String mutated(String id, Random random) {
    var at = random.nextInt(id.length());
    var other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    var mutant =
        switch (random.nextInt(3)) {
          case 0 -> id.substring(0, at) + other + id.substring(at + 1);
          case 1 -> id.substring(0, at) + other + id.substring(at);
          default -> id.substring(0, at) + id.substring(at + 1);
        };
    return mutant.equals(id) ? mutated(id, random) : mutant;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void none_of_10_000_guesses_hits(long seed) {
    var random = new Random(seed);
    var accepted = api.say("Hi");
    var job = accepted.text("jobId");
    var conversation = accepted.text("conversationId");
    var hits = new ArrayList<String>();

    for (int i = 0; i < GUESSES / 2; i++) {
      for (var guess :
          List.of(mutated(job, random), new JobId(ConversationId.create(), 1).value())) {
        noteHit(api.job(guess), guess, hits);
        noteHit(api.cancel(guess), guess, hits);
      }
      for (var guess : List.of(mutated(conversation, random), ConversationId.create().value())) {
        noteHit(api.conversation(guess), guess, hits);
        noteHit(api.messages(guess, Map.of()), guess, hits);
        noteHit(api.delete(guess), guess, hits);
      }
    }

    assertThat(hits).as("seed %d", seed).isEmpty();
    assertThat(api.job(job).text("state")).isEqualTo("ACCEPTED");
  }

  private static void noteHit(Said said, String guess, List<String> hits) {
    if (said.status() != 404) {
      hits.add(guess + " " + said.status());
    }
  }

  @Test
  void what_a_body_says_of_state_attempt_and_owner_means_nothing() {
    var said =
        api.post(
            """
            {"content":"Hi","owner":"bob","user_id":"bob","state":"COMPLETED","attempt":9,
             "jobId":"j_x","reply":"Mine","deadline":"2099-01-01T00:00:00Z","lastTurn":7}
            """);

    var job = api.job(said.text("jobId"));
    assertThat(job.text("state")).isEqualTo("ACCEPTED");
    assertThat(job.json().path("attempt").asInt()).isZero();
    assertThat(job.text("deadline")).isEqualTo("2026-03-01T12:10:00Z");
    assertThat(job.fields()).doesNotContain("reply");
    assertThat(api.as(Api.BOB).conversations(Map.of()).texts("conversations", "id")).isEmpty();
  }

  @Test
  void no_page_is_larger_than_is_allowed() {
    var conversation = api.say("Hi").text("conversationId");

    for (var limit : List.of("0", "101", "999999999999", "-1", "1e3")) {
      var query = Map.of("limit", limit);
      assertThat(
              List.of(
                  api.conversations(query),
                  api.messages(conversation, query),
                  api.export(conversation, query),
                  api.exportUser("me", query),
                  api.logs(Api.ANN, query)))
          .allMatch(said -> said.status() == 400);
    }
  }
}
