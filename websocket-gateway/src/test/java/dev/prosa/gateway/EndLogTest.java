package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class EndLogTest {

  private static final JobId JOB = new JobId(ConversationId.create(), 3);
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Logger logger = (Logger) LoggerFactory.getLogger(EndLog.class);
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  @BeforeEach
  void listen() {
    heard.start();
    logger.addAppender(heard);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(heard);
  }

  @Test
  void an_end_is_told_with_its_job_its_trace_and_how_many_heard_it() {
    EndLog.handedOver(new ReplyEvent.JobCancelled(JOB, 2, "Hel", TRACE_ID).toJson(), 4);

    var line = heard.list.getFirst();
    assertThat(line.getMDCPropertyMap())
        .containsEntry("jobId", JOB.value())
        .containsEntry("conversationId", JOB.conversation().value())
        .containsEntry("attempt", "2")
        .containsEntry("traceId", TRACE_ID);
    assertThat(line.getKeyValuePairs())
        .containsExactly(
            new KeyValuePair("event", "job.cancelled"), new KeyValuePair("connections", 4));
    assertThat(line.getFormattedMessage()).doesNotContain("Hel");
  }

  @Test
  void an_end_without_a_trace_is_told_all_the_same() {
    EndLog.handedOver(new ReplyEvent.JobFailed(JOB, 0, "code", "Sorry.", true).toJson(), 1);

    assertThat(heard.list.getFirst().getMDCPropertyMap())
        .containsEntry("jobId", JOB.value())
        .doesNotContainKey("traceId");
  }

  @Test
  void nothing_else_is_told() {
    var news =
        List.of(
            new ReplyEvent.ReplyDelta(JOB, 1, 0, "{\"type\":\"job.failed\""),
            new ReplyEvent.ReplyStarted(JOB, 1, "m", "Hi"),
            new ReplyEvent.JobWaiting(JOB, 1, "backoff", null, "Wait."));

    news.forEach(event -> EndLog.handedOver(event.toJson(), 1));
    EndLog.handedOver(new ReplyEvent.JobCancelled(JOB, 2, "").toJson(), 0);

    assertThat(heard.list).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"job.failed\"",
        "{\"type\":\"job.failed\",\"jobId\":7}",
        "{\"type\":\"job.failed\",\"jobId\":{\"attempt\":1}}",
        "{\"type\":\"job.failed\",\"jobId\":\"x\\r\\ny\"}",
      })
  void a_frame_that_no_worker_wrote_is_not_told(String frame) {
    EndLog.handedOver(frame, 1);

    assertThat(heard.list).isEmpty();
  }
}
