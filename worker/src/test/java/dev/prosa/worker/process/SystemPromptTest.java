package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.prompt.Prompt;
import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.testing.ScriptedModel;
import dev.prosa.worker.testing.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the model is told before a conversation.
class SystemPromptTest {

  private static final Prompt BRIEF = new Prompt("brief", "Be brief.");
  private static final Prompt PIRATE = new Prompt("pirate", "Talk like a pirate.");

  private final Shop shop = new Shop();

  private TurnState serve(Turn turn) {
    assertThat(shop.handler().serve(Shop.poke(turn), () -> {})).isEqualTo(new PokeOutcome.Done());
    return shop.found(turn).state();
  }

  private static TurnState hello(Prompt prompt) {
    return new TurnState.Completed(
        new Reply("Hello.", "stop", "m-1-2026", "p-1", null, prompt.version()));
  }

  @Test
  void is_the_one_that_the_message_names() {
    shop.prompts = new Prompts(List.of(BRIEF, PIRATE));

    assertThat(serve(shop.acceptedWith("pirate", "Hi"))).isEqualTo(hello(PIRATE));
    assertThat(shop.model.calls())
        .extracting(ScriptedModel.Call::system)
        .containsExactly(PIRATE.text());
  }

  @Test
  void is_the_first_for_a_message_that_names_none() {
    shop.prompts = new Prompts(List.of(BRIEF, PIRATE));

    assertThat(serve(shop.accepted("Hi"))).isEqualTo(hello(BRIEF));
    assertThat(shop.model.calls())
        .extracting(ScriptedModel.Call::system)
        .containsExactly(BRIEF.text());
  }

  @Test
  void is_the_one_of_each_turn_and_no_part_of_the_conversation() {
    shop.prompts = new Prompts(List.of(BRIEF, PIRATE));
    var first = shop.acceptedWith("pirate", "one");
    serve(first);

    serve(shop.accepted(first.job().conversation(), "two"));

    var call = shop.model.calls().getLast();
    assertThat(call.system()).isEqualTo(BRIEF.text());
    assertThat(call.context().exchanges()).hasSize(1);
    assertThat(call.context().toString()).doesNotContain(PIRATE.text());
  }

  @Test
  void counts_as_what_was_sent() {
    shop.prompts = new Prompts(List.of(PIRATE));

    serve(shop.accepted("Hi"));

    // 19 and 2 characters, 4 to a token
    assertThat(shop.calls).allMatch(call -> call.usage().promptTokens() == 6).isNotEmpty();
  }

  @Test
  void without_the_one_that_is_named_nobody_is_asked() {
    shop.prompts = new Prompts(List.of(BRIEF));
    var turn = shop.acceptedWith("pirate", "Hi");

    assertThat(serve(turn)).isEqualTo(new TurnState.Failed(FailureCode.PROMPT_UNKNOWN, null));

    assertThat(shop.model.calls()).isEmpty();
    assertThat(shop.queue.deadLetters())
        .extracting(DeadLetter::errorCode)
        .containsExactly("prompt_unknown");
    assertThat(shop.frames().getLast())
        .contains("\"type\":\"job.failed\"", "\"prompt_unknown\"", "\"retryable\":false");
  }

  @Test
  void a_redrive_is_answered_once_the_settings_are_right() {
    var turn = shop.acceptedWith("pirate", "Hi");
    serve(turn);

    shop.prompts = new Prompts(List.of(BRIEF, PIRATE));
    shop.reopened(shop.found(turn));

    assertThat(serve(turn)).isEqualTo(hello(PIRATE));
  }
}
