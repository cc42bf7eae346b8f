package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.reply.ReplyEvent;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

  @Test
  void reads_every_event_as_the_worker_writes_it() {
    var events =
        List.of(
            new ReplyEvent.JobWaiting(
                ReplyViewTest.JOB, 2, "backoff", "2026-01-01T00:00:00Z", "Soon."),
            new ReplyEvent.JobWaiting(ReplyViewTest.JOB, 5, "redriven", null, "Soon."),
            ReplyViewTest.delta(2, 7, "text"),
            new ReplyEvent.JobFailed(ReplyViewTest.JOB, 4, "code", "Sorry.", true),
            new ReplyEvent.JobCancelled(ReplyViewTest.JOB, 1, "half"));

    assertThat(events)
        .allSatisfy(e -> assertThat(Frames.event(Frames.parse(e.toJson()))).isEqualTo(e));
  }

  @Test
  void reads_of_a_completed_reply_what_it_shows() {
    var json = Frames.parse(ReplyViewTest.completed(3, "whole").toJson());

    assertThat(ReplyView.NONE.after(Objects.requireNonNull(Frames.event(json))).view())
        .isEqualTo(new ReplyView(3, "whole", ReplyView.Phase.COMPLETED, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "null",
        "{\"type\":\"reply.delta\"}",
        "{\"type\":\"reply.delta\",\"jobId\":null}",
        "{\"type\":\"pong\",\"jobId\":\"j_00000000000000000000000000_1\"}"
      })
  void ignores_what_it_does_not_know(String frame) {
    assertThat(Frames.event(Frames.parse(frame))).isNull();
  }

  @Test
  void takes_null_for_absent() {
    var frame =
        Frames.parse(
            """
            {"type":"reply.delta","jobId":"j_00000000000000000000000000_1",
             "attempt":null,"offset":null,"text":null}
            """);

    assertThat(Frames.event(frame)).isEqualTo(ReplyViewTest.delta(0, -1, ""));
  }

  @Test
  void asks_for_what_is_missing() {
    var view = new ReplyView(2, "abc", ReplyView.Phase.OPEN, "");

    assertThat(Frames.resume(ReplyViewTest.JOB, view))
        .isEqualTo(
            """
            {"type":"resume","jobs":[{"jobId":"j_00000000000000000000000000_1",\
            "attempt":2,"length":3}]}\
            """);
  }
}
