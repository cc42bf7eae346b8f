package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Limit;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.provider.Price;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.ingest.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

  private static final TurnState.Completed COMPLETED =
      new TurnState.Completed(new Reply("Hello.", "stop", "m-1", "p-1", null));

  private static final Price PRICE = new Price(BigDecimal.ONE, BigDecimal.ONE);

  private final Api api = new Api();

  private static Limits user(Limit limit) {
    return limits(limit, Limit.NONE, Limit.NONE);
  }

  /// A short message is reckoned at 101 tokens and a hundred thousand billionths of a dollar.
  private static Limits limits(Limit user, Limit tenant, Limit model) {
    return new Limits(user, tenant, model, new Limits.Reckoning(100, "m-1", Map.of("m-1", PRICE)));
  }

  private static Limits requests(int most) {
    return user(new Limit(most, 0, Amount.NOTHING));
  }

  private static Limits jobs(int most) {
    return user(new Limit(0, most, Amount.NOTHING));
  }

  private void settle(Said said) {
    api.quotas.settle(turn(said).reservation(), () -> new Amount(10, 10));
  }

  private Turn turn(Said said) {
    var job = Objects.requireNonNull(JobId.parse(said.text("jobId")));
    return Objects.requireNonNull(api.database.turns().find(job));
  }

  @Test
  void says_how_many_messages_a_minute_has_left() {
    api.with(requests(2));

    var said = api.say("Hi");

    assertThat(said.header("RateLimit-Limit")).isEqualTo("2");
    assertThat(said.header("RateLimit-Remaining")).isEqualTo("1");
    assertThat(said.header("RateLimit-Reset")).isEqualTo("60");
  }

  @Test
  void refuses_one_message_too_many_and_says_when_to_try_again() {
    api.with(requests(1)).say("Hi");
    api.time.pass(Duration.ofMillis(20_500));

    var said = api.say("Hi again");

    said.isProblem(ProblemCode.RATE_LIMITED);
    assertThat(said.header("Retry-After")).isEqualTo("40");
    assertThat(said.header("RateLimit-Remaining")).isEqualTo("0");
    assertThat(api.pokes()).hasSize(1);
    api.time.pass(Duration.ofSeconds(40));
    assertThat(api.say("Hi again").status()).isEqualTo(202);
  }

  @Test
  void refuses_a_message_beside_too_many_that_wait() {
    api.with(jobs(1));
    var first = api.say("Hi");

    api.say("Hi again").isProblem(ProblemCode.TOO_MANY_JOBS);
    settle(first);

    assertThat(api.say("Hi again").status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refuses_a_message_when_the_budget_of_the_day_is_spent(boolean byCost) {
    var budget = byCost ? new Amount(0, 150_000) : new Amount(150, 0);
    api.with(user(new Limit(0, 0, budget)));
    var first = api.say("Hi");

    var second = api.say("Hi");

    second.isProblem(ProblemCode.BUDGET_EXHAUSTED);
    assertThat(Integer.parseInt(second.header("Retry-After"))).isBetween(1, 86_400);
    settle(first);
    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  private List<Integer> sayAtOnce(int times) throws ExecutionException, InterruptedException {
    Callable<Integer> say = () -> api.say("Hi").status();
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(IntStream.range(0, times).mapToObj(_ -> say).toList())) {
        statuses.add(answer.get());
      }
    }
    return statuses;
  }

  @Test
  void lets_exactly_10_of_50_pass_that_come_at_once_to_a_budget_of_10()
      throws ExecutionException, InterruptedException {
    api.with(user(new Limit(0, 0, new Amount(1_010, 0))));

    var statuses = sayAtOnce(50);

    assertThat(statuses.stream().filter(status -> status == 202)).hasSize(10);
    assertThat(statuses.stream().filter(status -> status == 429)).hasSize(40);
    assertThat(api.pokes()).hasSize(10);
  }

  @Test
  void a_repeated_message_is_answered_whatever_the_limits_say() {
    api.with(jobs(1)).header("Idempotency-Key", "k-1");
    var first = api.say("Hi");

    var again = api.say("Hi");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text("jobId")).isEqualTo(first.text("jobId"));
    api.say("Something else").isProblem(ProblemCode.IDEMPOTENCY_CONFLICT, "Idempotency-Key");
  }

  @Test
  void a_repeated_message_takes_no_place() {
    api.with(jobs(2)).header("Idempotency-Key", "k-1");
    for (int i = 0; i < 5; i++) {
      assertThat(api.say("Hi").status()).isEqualTo(202);
    }

    assertThat(api.header("Idempotency-Key", "k-2").say("Hi").status()).isEqualTo(202);
  }

  @Test
  void a_message_that_was_not_accepted_takes_no_place() {
    api.with(jobs(1));

    api.say("Hi", "c_0000000000000000000000000g").isProblem(ProblemCode.NOT_FOUND);
    api.post("{}").isProblem(ProblemCode.MISSING_FIELD, "content");

    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  @Test
  void messages_that_were_refused_by_the_table_count_in_their_minute() {
    api.with(requests(3)).header("Idempotency-Key", "k-1");
    api.say("Hi");
    api.say("Other").isProblem(ProblemCode.IDEMPOTENCY_CONFLICT);
    api.without("Idempotency-Key");
    api.say("Hi", "c_0000000000000000000000000g").isProblem(ProblemCode.NOT_FOUND);

    api.say("Hi", "c_0000000000000000000000000g").isProblem(ProblemCode.RATE_LIMITED);

    api.time.pass(Duration.ofMinutes(1));
    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  @Test
  void the_same_conflict_again_counts_again() {
    api.with(requests(3)).header("Idempotency-Key", "k-1");
    api.say("Hi");
    api.say("Other").isProblem(ProblemCode.IDEMPOTENCY_CONFLICT);
    api.say("Other").isProblem(ProblemCode.IDEMPOTENCY_CONFLICT);

    api.header("Idempotency-Key", "k-2").say("Hi").isProblem(ProblemCode.RATE_LIMITED);
  }

  @Test
  void a_repeated_message_is_free_in_its_minute() {
    api.with(requests(2)).header("Idempotency-Key", "k-1");
    var first = api.say("Hi");
    api.say("Hi");
    api.end(first.text("jobId"), new TurnState.Cancelled(""));
    settle(first);

    assertThat(api.say("Hi").status()).isEqualTo(202);

    assertThat(api.header("Idempotency-Key", "k-2").say("Hi").status()).isEqualTo(202);
    api.header("Idempotency-Key", "k-3").say("Hi").isProblem(ProblemCode.RATE_LIMITED);
  }

  /// An answered message; it took 10 tokens.
  private Said exchange(String content, @Nullable String conversation) {
    var said = conversation == null ? api.say(content) : api.say(content, conversation);
    assertThat(said.status()).isEqualTo(202);
    api.end(said.text("jobId"), COMPLETED);
    settle(said);
    return said;
  }

  /// A conversation whose context is reckoned at some 2,000 tokens.
  private String longConversation() {
    var first = exchange("x".repeat(2_000), null).text("conversationId");
    for (int i = 0; i < 3; i++) {
      exchange("x".repeat(2_000), first);
    }
    return first;
  }

  @Test
  void a_message_to_a_conversation_is_reckoned_with_the_longest_context() {
    api.with(user(new Limit(0, 0, new Amount(12_211, 0))));
    var conversation = exchange("Hi", null).text("conversationId");

    assertThat(api.say("Hi", conversation).status()).isEqualTo(202);

    api.say("Hi").isProblem(ProblemCode.BUDGET_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_small_budget_has_room_for_a_small_conversation(boolean byCost) {
    api.with(user(new Limit(0, 0, byCost ? new Amount(0, 200_000) : new Amount(200, 0))));
    var conversation = exchange("Hi", null).text("conversationId");

    for (int i = 0; i < 5; i++) {
      exchange("Hi", conversation);
    }
  }

  @Test
  void a_small_budget_has_no_room_for_the_context_of_a_long_conversation() {
    api.with(user(new Limit(0, 0, new Amount(2_140, 0))));
    var conversation = longConversation();

    api.say("Hi", conversation).isProblem(ProblemCode.BUDGET_EXHAUSTED);

    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  @Test
  void a_message_for_which_a_conversation_was_read_counts_in_its_minute() {
    api.with(user(new Limit(6, 0, new Amount(2_140, 0))));
    var conversation = longConversation();
    api.say("Hi", conversation).isProblem(ProblemCode.BUDGET_EXHAUSTED);
    api.say("Hi", conversation).isProblem(ProblemCode.BUDGET_EXHAUSTED);

    api.say("Hi", conversation).isProblem(ProblemCode.RATE_LIMITED);
  }

  @Test
  void a_message_for_which_a_conversation_was_read_counts_once() {
    api.with(user(new Limit(2, 0, new Amount(300, 0))));
    var conversation = exchange("Hi", null).text("conversationId");

    assertThat(api.say("Hi", conversation).header("RateLimit-Remaining")).isEqualTo("0");
  }

  @Test
  void a_small_budget_tells_nothing_of_the_conversation_of_somebody_else() {
    api.with(user(new Limit(0, 0, new Amount(2_140, 0))));
    var conversation = longConversation();

    api.as(Api.BOB).say("Hi", conversation).isProblem(ProblemCode.NOT_FOUND);
  }

  private void losesAnswers(int times) {
    with(Broken.losingAnswers(TurnStore.class, "accept", times, api.database.turns()));
  }

  private void with(TurnStore turns) {
    var whole = api.database;
    api.with(new TurnDatabase(turns, whole.conversations(), whole.open(), whole.erasures()));
  }

  /// The turns that the store has, each the first one of a conversation.
  private List<Turn> stored() {
    return api.conversations(Map.of()).texts("conversations", "id").stream()
        .map(id -> new JobId(new ConversationId(id), 1))
        .map(job -> Objects.requireNonNull(api.database.turns().find(job)))
        .toList();
  }

  @Test
  void a_store_that_was_away_before_anything_was_written_takes_no_place() {
    api.with(jobs(1));
    with(Broken.away(TurnStore.class));
    api.say("Hi").isProblem(ProblemCode.STORE_UNAVAILABLE);

    api.with(api.database);

    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  @Test
  void a_message_whose_answer_was_lost_has_its_place_until_its_turn_is_settled() {
    api.with(jobs(1));
    losesAnswers(1);
    api.say("Hi").isProblem(ProblemCode.STORE_UNAVAILABLE);
    api.say("Hi again").isProblem(ProblemCode.TOO_MANY_JOBS);

    stored().forEach(turn -> api.quotas.settle(turn.reservation(), () -> Amount.NOTHING));

    assertThat(api.say("Hi again").status()).isEqualTo(202);
  }

  @Test
  void a_message_of_which_nobody_knows_whether_it_was_written_is_charged_as_reckoned_in_the_end() {
    api.with(user(new Limit(0, 1, new Amount(201, 0))));
    with(Broken.firstTime(TurnStore.class, "accept", api.database.turns()));
    api.say("Hi").isProblem(ProblemCode.STORE_UNAVAILABLE);
    api.say("Hi").isProblem(ProblemCode.TOO_MANY_JOBS);

    api.time.pass(Duration.ofMinutes(11));

    api.say("Hi").isProblem(ProblemCode.BUDGET_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_repeated_message_takes_over_what_it_reserved_when_its_answer_was_lost(boolean written) {
    api.with(user(new Limit(2, 1, new Amount(250, 0)))).header("Idempotency-Key", "k-1");
    with(
        written
            ? Broken.losingAnswers(TurnStore.class, "accept", 1, api.database.turns())
            : Broken.firstTime(TurnStore.class, "accept", api.database.turns()));
    api.say("Hi").isProblem(ProblemCode.STORE_UNAVAILABLE);

    var again = api.say("Hi");

    assertThat(again.status()).isEqualTo(202);
    api.header("Idempotency-Key", "k-2").say("Hi").isProblem(ProblemCode.TOO_MANY_JOBS);
    settle(again);
    assertThat(api.say("Hi").status()).isEqualTo(202);
    assertThat(stored()).hasSize(2);
  }

  @Test
  void of_two_requests_with_one_key_at_once_one_reserves_and_the_other_may_write() {
    api.with(jobs(1)).header("Idempotency-Key", "k-1");
    var turns = api.database.turns();
    with(Broken.twice(TurnStore.class, "accept", turns));

    var said = api.say("Hi");

    assertThat(said.status()).isEqualTo(202);
    api.header("Idempotency-Key", "k-2").say("Hi").isProblem(ProblemCode.TOO_MANY_JOBS);
    settle(said);
    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  @Test
  void no_more_turns_than_the_budget_are_written_though_every_answer_is_lost()
      throws ExecutionException, InterruptedException {
    api.with(user(new Limit(0, 0, new Amount(1_010, 0))));
    losesAnswers(50);

    var statuses = sayAtOnce(50);

    assertThat(statuses.stream().filter(status -> status == 503)).hasSize(10);
    assertThat(statuses.stream().filter(status -> status == 429)).hasSize(40);
    assertThat(stored()).hasSize(10);
  }

  @Test
  void a_message_that_was_erased_takes_no_place() {
    var first = api.with(jobs(1)).say("Hi");

    assertThat(api.delete(first.text("conversationId")).status()).isEqualTo(204);

    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  /// A worker answers a message, and nothing of its reply is written down yet.
  private Said answering() {
    var said = api.say("Hi");
    api.claimed(said.text("jobId"));
    api.calls.record(List.of(Calls.started(turn(said).job())));
    return said;
  }

  private void erase(Said said, boolean withUser) {
    var erased = withUser ? api.deleteUser("me") : api.delete(said.text("conversationId"));
    assertThat(erased.status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_message_that_is_erased_while_it_is_answered_is_settled_by_who_answers(boolean withUser) {
    api.with(user(new Limit(0, 1, new Amount(201, 0))));
    var said = answering();
    var reservation = turn(said).reservation();

    erase(said, withUser);

    api.say("Hi").isProblem(ProblemCode.TOO_MANY_JOBS);
    api.quotas.settle(reservation, () -> new Amount(101, 0));
    api.say("Hi").isProblem(ProblemCode.BUDGET_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_message_that_is_erased_while_its_worker_is_dead_is_charged_as_reckoned(boolean withUser) {
    api.with(user(new Limit(0, 1, new Amount(201, 0))));
    erase(answering(), withUser);

    api.time.pass(Duration.ofMinutes(11));

    api.say("Hi").isProblem(ProblemCode.BUDGET_EXHAUSTED);
  }

  @Test
  void a_message_that_is_stopped_while_it_is_answered_is_settled_by_who_answers() {
    api.with(jobs(1));
    var said = answering();

    assertThat(api.cancel(said.text("jobId")).status()).isEqualTo(202);

    api.say("Hi").isProblem(ProblemCode.TOO_MANY_JOBS);
  }

  @Test
  void a_message_that_is_stopped_while_it_waits_takes_no_place() {
    api.with(user(new Limit(0, 1, new Amount(101, 0))));
    var said = api.say("Hi");

    assertThat(api.cancel(said.text("jobId")).status()).isEqualTo(202);

    assertThat(api.say("Hi").status()).isEqualTo(202);
  }

  @Test
  void users_do_not_take_from_each_other() {
    api.with(jobs(1)).say("Hi");

    assertThat(api.as(Api.BOB).say("Hi").status()).isEqualTo(202);
  }

  @Test
  void a_model_has_limits_for_all_users_together() {
    api.with(limits(Limit.NONE, Limit.NONE, new Limit(0, 1, Amount.NOTHING))).say("Hi");

    var said = api.as(Api.BOB).say("Hi");

    said.isProblem(ProblemCode.TOO_MANY_JOBS);
    assertThat(said.text("detail")).contains("model");
    assertThat(api.post("{\"content\":\"Hi\",\"model\":\"m-2\"}").status()).isEqualTo(202);
  }

  @Test
  void a_form_that_waits_has_the_same_limits() {
    api.with(requests(2));
    api.endWhenAwaited(new TurnState.Cancelled("Hello"));
    assertThat(api.ask("{\"question\":\"Hi\"}").header("RateLimit-Remaining")).isEqualTo("1");
    api.chatShort("{\"message\":\"Hi\"}");

    api.ask("{\"question\":\"Hi\"}").isProblem(ProblemCode.RATE_LIMITED);
    api.chat("{\"user_id\":\"ann\",\"prompt\":\"Hi\"}").isProblem(ProblemCode.RATE_LIMITED);
    api.postShort("{\"content\":\"Hi\"}").isProblem(ProblemCode.RATE_LIMITED);
  }
}
