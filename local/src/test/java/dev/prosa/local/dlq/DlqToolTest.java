package dev.prosa.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.redrive.AuditLog;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.TurnState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DlqToolTest {

  private final Desk desk = new Desk();

  private JsonNode json() throws JsonProcessingException {
    return new ObjectMapper().readTree(desk.out());
  }

  private List<String> outcomes() {
    return desk.audit.stream().map(AuditLog.Entry::outcome).toList();
  }

  @Test
  void lists_every_job_under_a_headline() {
    var turn = desk.buried("my secret");
    desk.buryAgain(turn);
    desk.time.pass(Duration.ofMinutes(3));

    assertThat(desk.run("list")).isZero();

    var lines = desk.out().lines().toList();
    assertThat(lines.getFirst()).startsWith("ID ").contains("STATE NOW").endsWith("REASON");
    assertThat(lines.get(1))
        .startsWith(turn.job().value())
        .contains("provider_unavailable  4 ", "p-1", "3 min", "ann", "FAILED", "2 ", Desk.TRACE)
        .endsWith("given up after 4 attempts.");
    assertThat(lines.getLast()).isEqualTo("1 job or message in in-memory-dlq.");
    assertThat(desk.out()).doesNotContain("secret");
  }

  @Test
  void says_that_the_queue_is_empty() {
    assertThat(desk.run("list")).isZero();

    assertThat(desk.out()).isEqualTo("in-memory-dlq is empty.\n");
  }

  @Test
  void lists_one_json_document_with_stable_names() throws JsonProcessingException {
    var turn = desk.buried("my secret");

    assertThat(desk.run("list", "--json")).isZero();

    var letter = json().path("letters").path(0);
    assertThat(desk.out().lines()).hasSize(1);
    assertThat(json().fieldNames()).toIterable().containsExactly("queue", "letters", "more");
    assertThat(letter.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "jobId",
            "messageIds",
            "copies",
            "code",
            "reason",
            "attempts",
            "provider",
            "sentAt",
            "ageSeconds",
            "owner",
            "traceparent",
            "state",
            "attempt");
    assertThat(letter.path("jobId").asText()).isEqualTo(turn.job().value());
    assertThat(desk.out()).doesNotContain("secret");
  }

  @Test
  void what_is_not_known_is_null() throws JsonProcessingException {
    desk.queue.deadLetterQueue().addUnexplained("garbage");

    desk.run("list", "--json");

    var letter = json().path("letters").path(0);
    assertThat(letter.path("code").asText()).isEqualTo("malformed");
    assertThat(List.of("jobId", "provider", "owner", "traceparent", "state", "attempt"))
        .allMatch(name -> letter.has(name) && letter.path(name).isNull());
  }

  @Test
  void says_that_an_erased_turn_is_gone() {
    var turn = desk.buried("my secret");
    desk.database.erasures().begin(turn.owner(), turn.job().conversation());

    desk.run("list");
    assertThat(desk.run("redrive", turn.job().value())).isEqualTo(DlqTool.NOTHING_DONE);

    assertThat(desk.out()).contains("MISSING", "its turn is gone").doesNotContain("secret");
    assertThat(desk.database.turns().find(turn.job())).isNull();
  }

  @Test
  void lists_a_poke_that_sqs_moved_and_whose_turn_is_gone() throws JsonProcessingException {
    var poke = new Poke(new JobId(ConversationId.create(), 1), Desk.TRACE);
    desk.queue.deadLetterQueue().addUnexplained(poke.toBody());

    desk.run("list", "--json");

    var letter = json().path("letters").path(0);
    assertThat(letter.path("code").asText()).isEqualTo("receive_limit");
    assertThat(letter.path("state").asText()).isEqualTo("MISSING");
    assertThat(letter.path("traceparent").asText()).isEqualTo(Desk.TRACE);
  }

  @Test
  void says_that_there_is_more_than_the_limit() {
    desk.buried("one");
    desk.buried("two");

    desk.run("list", "--limit", "1");

    assertThat(desk.out()).contains("there are more letters, see --limit");
    assertThat(desk.queue.deadLetterQueue().visible()).isEqualTo(2);
  }

  @Test
  void what_strangers_wrote_does_not_reach_the_terminal() {
    var evil = "\u001b[2J\r\n\u009b1m\u202e";
    var poke = new Poke(new JobId(ConversationId.create(), 1), null);
    desk.queue.deadLetter(new DeadLetter(poke.toBody(), "x" + evil, 1, evil, evil));
    desk.queue.deadLetter(new DeadLetter(evil, DeadLetter.MALFORMED, 0, null, null));

    desk.run("list");
    desk.run("list", "--json");
    desk.run("show", poke.job().value());
    desk.run("show", "m1", "--prompt");

    assertThat(desk.out().replace("\n", "")).matches("[ -~]*");
  }

  @Test
  void shows_the_words_of_the_user_only_when_asked() throws JsonProcessingException {
    var job = desk.buried("my secret").job().value();

    assertThat(desk.run("show", job)).isZero();
    assertThat(desk.out()).contains(job, "given up after 4 attempts").doesNotContain("secret");

    assertThat(desk.run("show", job, "--prompt")).isZero();
    assertThat(desk.out()).contains("my secret");
  }

  @Test
  void shows_json_with_the_words_only_when_asked() throws JsonProcessingException {
    var job = desk.buried("my secret").job().value();

    desk.run("show", job, "--json", "--prompt");

    assertThat(json().path("jobId").asText()).isEqualTo(job);
    assertThat(json().path("prompt").asText()).isEqualTo("my secret");
  }

  @Test
  void complains_when_there_is_nothing_to_show() {
    assertThat(desk.run("show", "nobody")).isEqualTo(1);

    assertThat(desk.err()).isEqualTo("prosa: nobody is not in in-memory-dlq\n");
  }

  @Test
  void looking_changes_nothing_and_is_not_audited() {
    var turn = desk.buried("Hi");

    desk.run("list");
    desk.run("show", turn.job().value());

    assertThat(desk.queue.deadLetterQueue().visible()).isEqualTo(1);
    assertThat(desk.found(turn).state()).isInstanceOf(TurnState.Failed.class);
    assertThat(desk.audit).isEmpty();
  }

  @Test
  void redrives_a_job_once() {
    var turn = desk.buried("Hi");
    var other = desk.buried("Ho");

    assertThat(desk.run("redrive", turn.job().value())).isZero();
    assertThat(desk.run("redrive", turn.job().value())).isEqualTo(1);

    assertThat(desk.found(turn).state()).isInstanceOf(TurnState.Accepted.class);
    assertThat(desk.found(other).state()).isInstanceOf(TurnState.Failed.class);
    assertThat(desk.out()).contains("redriven: the next attempt is number 2", "not in the dead");
    assertThat(desk.queue.deadLetterQueue().visible()).isEqualTo(1);
    assertThat(outcomes()).containsExactly("redriven", "not_found");
  }

  @Test
  void redrives_all_at_the_given_pace() throws JsonProcessingException {
    for (int i = 0; i < 5; i++) {
      desk.buried("Hi");
    }
    var begin = desk.time.instant();

    assertThat(desk.run("redrive", "--all", "--rate", "2/s", "--json")).isZero();

    assertThat(Duration.between(begin, desk.time.instant())).isEqualTo(Duration.ofSeconds(2));
    assertThat(json().path("results").findValuesAsText("outcome"))
        .hasSize(5)
        .containsOnly("redriven");
    assertThat(desk.queue.size()).isEqualTo(5);
    assertThat(desk.queue.deadLetters()).isEmpty();
  }

  @Test
  void redrives_no_more_than_the_limit_and_says_so() {
    desk.buried("one");
    desk.buried("two");

    assertThat(desk.run("redrive", "--all", "--limit", "1")).isEqualTo(1);

    assertThat(outcomes()).containsExactly("redriven");
    assertThat(desk.err()).contains("there are more letters than --limit");
  }

  @Test
  void redrives_what_it_can_and_says_what_it_cannot() {
    desk.queue.deadLetterQueue().addUnexplained("garbage");
    desk.buried("Hi");

    assertThat(desk.run("redrive", "--all")).isEqualTo(1);

    assertThat(desk.out()).contains("the message is no poke; discard it", "redriven");
    assertThat(desk.queue.deadLetterQueue().visible()).isEqualTo(1);
    assertThat(outcomes()).containsExactlyInAnyOrder("malformed", "redriven");
  }

  @Test
  void has_nothing_to_redrive_in_an_empty_queue() {
    assertThat(desk.run("redrive", "--all")).isEqualTo(1);

    assertThat(desk.out()).isEqualTo("in-memory-dlq is empty; nothing was done.\n");
  }

  @Test
  void stops_redriving_when_it_is_interrupted() {
    desk.buried("Hi");
    Thread.currentThread().interrupt();

    assertThat(desk.run("redrive", "--all")).isEqualTo(1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(desk.err()).contains("interrupted; the rest stays in the queue");
    assertThat(desk.queue.deadLetterQueue().visible()).isEqualTo(1);
  }

  @Test
  void discards_a_message_by_its_own_id() {
    desk.queue.deadLetterQueue().addUnexplained("garbage");

    assertThat(desk.run("discard", "m0")).isZero();
    assertThat(desk.run("discard", "m0")).isEqualTo(1);

    assertThat(desk.queue.deadLetters()).isEmpty();
    assertThat(desk.audit)
        .containsExactly(
            new AuditLog.Entry("discard", "m0", "discarded", 0),
            new AuditLog.Entry("discard", "m0", "not_found", 0));
  }
}
