package dev.prosa.worker.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OfflineModelTest {

  private final OfflineModel model =
      OfflineModel.start(
          Pace.IMMEDIATE, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
  private final Chat chat = new Chat(model);

  @AfterEach
  void stop() {
    chat.close();
    model.close();
  }

  @Test
  void streams_role_words_finish_reason_usage_and_done_in_this_order()
      throws IOException, InterruptedException {
    var answer = chat.stream("/echo one two");

    var chunks = answer.chunks();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(chunks).hasSize(5).allMatch(c -> c.path("created").asLong() == 1_767_323_045L);
    assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(chunks.get(1).at("/choices/0/delta/content").asText()).isEqualTo("one ");
    assertThat(chunks.get(2).at("/choices/0/delta/content").asText()).isEqualTo("two");
    assertThat(chunks.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(chunks.get(4).at("/usage/completion_tokens").asInt()).isEqualTo(2);
    assertThat(chunks.get(4).path("choices")).isEmpty();
    assertThat(answer.data()).last().isEqualTo("[DONE]");
  }

  @Test
  void answers_whole_when_no_stream_is_asked_for() throws IOException, InterruptedException {
    var body = Chat.JSON.readTree(chat.whole("/echo one two").body());

    assertThat(body.at("/object").asText()).isEqualTo("chat.completion");
    assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("one two");
    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void says_that_it_is_a_demo_and_how_to_reach_a_real_model()
      throws IOException, InterruptedException {
    var text = chat.stream("What is Prosa?").text();

    assertThat(text)
        .contains("offline demo model with no intelligence")
        .contains("`OPENAI_API_KEY`", "`OPENAI_BASE_URL`", "`OPENAI_MODEL`")
        .contains("> What is Prosa?");
  }

  @Test
  void shows_a_list_a_code_block_and_a_table() throws IOException, InterruptedException {
    var text = chat.stream("Show me something").text();

    assertThat(text).containsPattern("\n- .*\n- .*").containsPattern("\n```[a-z]+\n");
    assertThat(text).contains("\n|---|---|\n");
  }

  @Test
  void tells_which_turn_it_is_and_how_much_history_it_was_given()
      throws IOException, InterruptedException {
    assertThat(chat.stream("one").text())
        .contains("This is turn 1 of our conversation: I was given no earlier messages.");
    assertThat(chat.stream("one", "answer", "two", "answer", "three").text())
        .contains("This is turn 3 of our conversation: I was given 4 earlier messages.");
  }

  @Test
  void does_not_take_instructions_for_history() throws IOException, InterruptedException {
    var response =
        chat.post(
            """
            {"messages": [
              {"role": "system", "content": "Be kind."}, {"role": "user", "content": "hello"}]}
            """);

    assertThat(response.body()).contains("turn 1 of our", "I was given no earlier messages.");
    assertThat(response.body()).contains("| characters of the system prompt | 8 |");
    assertThat(chat.stream("hello").text()).doesNotContain("system prompt");
  }

  @Test
  void gives_equal_messages_an_equal_answer_and_different_ones_another()
      throws IOException, InterruptedException {
    var first = chat.stream("one").data();

    assertThat(chat.stream("one").data()).isEqualTo(first);
    assertThat(chat.stream("two").text()).isNotEqualTo(chat.stream("one").text());
  }

  @Test
  void quotes_a_question_on_one_line_without_its_markdown()
      throws IOException, InterruptedException {
    var text = chat.stream("# A\n\n<b>`x`</b> " + "long ".repeat(40)).text();

    assertThat(text).contains("\n> \\# A \\<b\\>\\`x\\`\\</b\\> long").contains("long…\n\n");
  }

  @Test
  void reads_content_that_comes_in_parts() throws IOException, InterruptedException {
    var parts = "[{\"type\":\"text\",\"text\":\"/echo a\"},{\"type\":\"text\",\"text\":\"b\"}]";
    var response =
        chat.post("{\"messages\":[{\"role\":\"user\",\"content\":%s}]}".formatted(parts));

    assertThat(response.body()).contains("\"content\":\"a\\nb\"");
  }

  @Test
  void lists_its_only_model() throws IOException, InterruptedException {
    var body = Chat.JSON.readTree(chat.get("/models").body());

    assertThat(body.at("/data/0/id").asText()).isEqualTo(OfflineModel.MODEL);
  }

  @Test
  void streams_a_hundred_answers_at_once() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 100)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> textOf("/echo no " + i), threads))
              .toList();

      assertThat(answers).extracting(CompletableFuture::join).contains("no 0", "no 99");
    }
  }

  private String textOf(String question) {
    try {
      return chat.stream(question).text();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
