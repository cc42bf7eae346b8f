package dev.prosa.bench.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.bench.chaos.evidence.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A checker that cannot fail proves nothing: each violation, by hand, and what it is called.
class VerdictTest {

  private static final String DELTA =
      "frame:{type:reply.delta,jobId:j_a_1,attempt:1,offset:0,text:'q1.1.0 '}";

  private final Story story = new Story();

  private void violates(Invariant... invariants) {
    assertThat(story.judged().violations().stream().map(Verdict.Violation::invariant).distinct())
        .containsExactlyInAnyOrder(invariants);
  }

  @Test
  void finds_nothing_when_all_went_well() {
    var verdict = story.judged();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isGood()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACCEPTED", "RUNNING"})
  void finds_a_turn_that_is_still_open(String state) {
    story.with("question:2,state:FAILED", "question:2,state:" + state).without("LETTER");
    story.without("job.failed");

    violates(Invariant.NOT_TERMINAL, Invariant.SCREEN_DIFFERS);
  }

  @Test
  void finds_an_accepted_message_that_is_not_stored() {
    story.then("job:j_a_2", "{at:30003,kind:ACCEPTED,owner:u1,question:3,key:k3,job:j_a_3}");
    story.then("kind:KEY", "{at:30011,kind:KEY,owner:u1,key:k3,job:j_a_3}");

    violates(Invariant.NOT_TERMINAL);
  }

  @Test
  void finds_a_turn_that_was_ended_twice() {
    story.then("kind:FINISHED", "{at:30002,kind:FINISHED,process:w0,job:j_a_1,attempt:1}");

    violates(Invariant.SECOND_REPLY);
  }

  @Test
  void finds_a_reply_that_was_told_in_two_ways() {
    story.then(
        "reply.completed",
        "{at:30003,kind:POLLED,client:u2.0,owner:u1,job:j_a_1,body:{state:COMPLETED,attempt:1,reply:{content:'q1.1.0 '}}}");

    violates(Invariant.SECOND_REPLY);
  }

  @Test
  void finds_a_reply_that_changed_after_it_was_told() {
    story.with("leased:false,reply:'REPLY'", "leased:false,reply:'q1.2.0 '");
    story.then(
        "call:1,words:3", "{at:6,kind:CALL,question:1,call:2,words:1,fault:NONE,history:[]}");

    // the next question was told the old one
    violates(Invariant.SECOND_REPLY, Invariant.SCREEN_DIFFERS, Invariant.UNSEEN_TURN);
  }

  @Test
  void finds_a_screen_that_never_saw_the_end() {
    story.without("reply.completed");

    violates(Invariant.SCREEN_DIFFERS);
  }

  @Test
  void finds_text_of_two_calls_on_a_screen() {
    story.then(
        "call:1,words:3", "{at:6,kind:CALL,question:1,call:2,words:3,fault:NONE,history:[]}");
    story.then(
        DELTA,
        "{at:8,kind:FRAME,client:u1.0,owner:u1,frame:{type:reply.delta,jobId:j_a_1,attempt:1,offset:7,text:'q1.2.1 '}}");

    violates(Invariant.MIXED_TEXT);
  }

  @Test
  void finds_a_hole_in_the_text_on_a_screen() {
    story.with("text:'q1.1.0 '", "text:'q1.1.1 '");

    violates(Invariant.MIXED_TEXT);
  }

  @Test
  void finds_a_stored_reply_that_is_only_the_beginning_of_a_call() {
    story.with("words:3,fault:NONE", "words:4,fault:NONE");

    violates(Invariant.MIXED_TEXT);
  }

  @Test
  void finds_a_stored_reply_of_a_call_that_broke_off() {
    story.with("words:3,fault:NONE", "words:3,fault:CUT");

    violates(Invariant.MIXED_TEXT);
  }

  @Test
  void finds_two_jobs_for_one_key() {
    story.then("key:k1,job:j_a_1", "{at:3,kind:ACCEPTED,owner:u1,question:1,key:k1,job:j_b_1}");
    story.then(
        "kind:TURN", "{at:9,kind:TURN,job:j_b_1,owner:u1,question:9,state:CANCELLED,reply:''}");

    assertThat(story.judged().count(Invariant.SECOND_TURN)).isEqualTo(1);
  }

  @Test
  void finds_two_turns_for_one_question() {
    story.then(
        "kind:TURN", "{at:9,kind:TURN,job:j_b_1,owner:u1,question:1,state:CANCELLED,reply:''}");

    assertThat(story.judged().count(Invariant.SECOND_TURN)).isEqualTo(1);
  }

  @Test
  void finds_a_key_that_is_not_stored() {
    story.without("kind:KEY,owner:u1,key:k1");

    violates(Invariant.SECOND_TURN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "[{question:1,hash:5}]", "[{question:1,hash:HASH},{question:3,hash:5}]"})
  void finds_a_call_that_was_told_something_else_than_the_earlier_turns(String history) {
    story.with("[{question:1,hash:HASH}]", history);

    violates(Invariant.UNSEEN_TURN);
  }

  @Test
  void finds_a_dead_letter_of_a_turn_that_did_not_fail() {
    story.then("LETTER", "{at:30012,kind:LETTER,job:j_a_1,code:provider_unavailable}");

    violates(Invariant.LETTER_WITHOUT_FAILURE);
  }

  @Test
  void finds_a_failure_without_a_dead_letter() {
    story.without("LETTER");

    violates(Invariant.FAILURE_WITHOUT_LETTER);
  }

  @Test
  void accepts_a_redriven_reply() {
    story
        .then("at:30006", "{at:30006,kind:REDRIVE,job:j_a_2}")
        .then(
            "kind:REDRIVE",
            "{at:30006,kind:FINISHED,process:w1,job:j_a_2,attempt:6,state:COMPLETED}")
        .then(
            "attempt:6",
            "{at:30006,kind:CALL,process:w1,question:2,call:2,words:1,fault:NONE,history:[{question:1,hash:HASH}]}")
        .then(
            "call:2",
            "{at:30006,kind:FRAME,client:u1.0,owner:u1,frame:{type:reply.completed,jobId:j_a_2,attempt:6,content:'q2.2.0 '}}")
        .with(
            "question:2,state:FAILED,indexed:false,leased:false,reply:''",
            "question:2,state:COMPLETED,indexed:false,leased:false,reply:'q2.2.0 '")
        .without("kind:LETTER");

    violates();
  }

  @Test
  void finds_a_redrive_in_vain() {
    story.then("at:30006", "{at:30006,kind:REDRIVE,job:j_a_2}");

    violates(Invariant.REDRIVEN_IN_VAIN);
  }

  @Test
  void finds_garbage_that_is_gone() {
    story.then("LETTER", "{at:30012,kind:POKE,what:garbage}");

    violates(Invariant.FAILURE_WITHOUT_LETTER);
  }

  @Test
  void finds_a_failure_that_no_client_was_told() {
    story.without("job.failed");

    violates(Invariant.FAILURE_UNTOLD, Invariant.SCREEN_DIFFERS);
  }

  @Test
  void finds_an_event_at_another_user() {
    story.then(
        DELTA,
        "{at:8,kind:FRAME,client:u2.0,owner:u2,frame:{type:reply.started,jobId:j_a_1,attempt:1}}");

    violates(Invariant.FOREIGN_EVENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{at:1,kind:LEFT,messages:1}",
        "{at:1,kind:IDLE,process:w1,busyThreads:1,freePermits:6,permits:6}",
        "{at:1,kind:IDLE,process:w1,busyThreads:0,freePermits:5,permits:6}",
        "{at:1,kind:MEMBER,user:u1,gateway:g_b,member:c@g_b}",
      })
  void finds_what_is_held_when_all_is_quiet(String line) {
    story.then("kind:MEMBER", line);

    violates(Invariant.LEAK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"indexed", "leased"})
  void finds_a_turn_that_is_not_settled(String what) {
    story.with(
        "question:1,state:COMPLETED,indexed:false,leased:false",
        "question:1,state:COMPLETED," + what + ":true");

    violates(Invariant.LEAK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026 ERROR PokeConsumer poke failed",
        "java.lang.NullPointerException",
        "Caused by: java.lang.IllegalStateException",
        "java.util.ConcurrentModificationException",
        "java.lang.OutOfMemoryError",
      })
  void finds_a_line_in_a_log_that_only_a_bug_writes(String line) {
    story.then("kind:IDLE", "{at:1,kind:LOG,process:w1,line:'" + line + "'}");

    violates(Invariant.LOG_LINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.ConnectException",
        "dev.prosa.core.runtime.CacheUnavailableException",
        "redis.clients.jedis.exceptions.JedisConnectionException",
      })
  void expects_lines_about_what_was_taken_away(String line) {
    story.then("kind:IDLE", "{at:1,kind:LOG,process:w1,line:'" + line + "'}");

    assertThat(story.judged().violations()).isEmpty();
  }

  @Test
  void expects_that_a_process_which_is_not_up_yet_dies_of_the_signal() {
    story.without("kind:STARTED,process:w1").with("process:w1,code:0", "process:w1,code:143");

    violates();
  }

  @Test
  void finds_a_process_that_did_not_end_well() {
    story.with("process:w1,code:0", "process:w1,code:143");

    violates(Invariant.BAD_EXIT);
  }

  @Test
  void finds_a_kill_that_did_not_happen() {
    var twice = new Expectation("gateway kills", Kind.KILLED, "why", "gateway", 2);

    assertThat(story.judged(twice).count(Invariant.NOT_DONE)).isEqualTo(1);
  }

  @Test
  void measures_recovery_from_the_kill() {
    assertThat(story.judged().facts())
        .contains(new Fact("worker recovery, p99", "29.0 s", "<= 45.0 s", true))
        .contains(new Fact("live again after a gateway kill, p95", "1.0 s", "<= 5.0 s", true));
  }

  @Test
  void counts_the_time_without_redis_for_nobody() {
    story.with("at:2001,kind:CONNECTED", "at:16000,kind:CONNECTED");
    story.then("at:2000,kind:STARTED", "{at:15000,kind:REDIS,what:up}");

    assertThat(story.judged().facts())
        .contains(new Fact("live again after a gateway kill, p95", "1.0 s", "<= 5.0 s", true));
  }

  @Test
  void finds_a_recovery_that_takes_too_long() {
    story.with("at:30000,kind:CLAIMED", "at:46001,kind:CLAIMED");
    story.with("at:2001,kind:CONNECTED", "at:6002,kind:CONNECTED");

    assertThat(story.judged().facts())
        .contains(new Fact("worker recovery, p99", "45.0 s", "<= 45.0 s", false))
        .contains(new Fact("live again after a gateway kill, p95", "5.0 s", "<= 5.0 s", false));
    assertThat(story.judged().isGood()).isFalse();
  }

  @Test
  void finds_too_many_calls_of_the_model() {
    for (var call = 2; call <= 4; call++) {
      story.then(
          "call:1,words:3,fault:NONE",
          "{at:6,kind:CALL,question:1,call:" + call + ",words:3,fault:NONE,history:[]}");
    }

    assertThat(story.judged().facts())
        .contains(
            new Fact(
                "LLM calls without injected fault per accepted job", "2.00", "<= 1.25", false));
  }
}
