package dev.prosa.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/// The lines that the shipped configuration writes, in both formats.
class LogLinesTest {

  /// Line breaks of every kind, ANSI and C1 escapes, a bell, a change of direction.
  private static final String HOSTILE =
      "a\r\n2026-01-01T00:00:00.000Z ERROR Forged [x] b\n\u001b[2J\u009b31m\u0007\u007f\u0085\u2028\u202ec";

  private static final JobId JOB = new JobId(ConversationId.create(), 1);

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void what_others_said_is_one_harmless_line_each(String format) {
    var lines =
        written(
            format,
            log -> {
              log.info(HOSTILE);
              log.info("said {}", HOSTILE);
              log.atInfo().addKeyValue("said", HOSTILE).log("with a field");
              log.warn("failed", new IllegalStateException(HOSTILE, new Error(HOSTILE)));
              try (var _ = LogScope.of(LogKey.CONNECTION_ID, HOSTILE)) {
                log.info("in a scope");
              }
            });

    assertThat(lines).hasSize(5).allMatch(line -> line.matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+"));
    assertThat(lines).noneMatch(line -> line.startsWith("2026-01-01T00:00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void a_line_is_bounded_whatever_is_said(String format) {
    var flood = "x".repeat(1_000_000);

    var lines =
        written(
            format,
            log -> {
              log.info(flood);
              log.atInfo().addKeyValue("said", flood).log("with a field");
              log.warn("failed", new IllegalStateException(flood, new Error(flood)));
            });

    assertThat(lines).hasSize(3).allMatch(line -> line.length() < 20_000);
  }

  @Test
  void a_line_for_machines_is_an_object_with_the_fields() throws JsonProcessingException {
    var lines =
        written(
            "json",
            log -> {
              try (var _ = LogScope.of(JOB, 3, null)) {
                log.atInfo().addKeyValue(LogKey.DURATION.key(), 17L).log("it took {}", "long");
              }
            });

    var line = json(lines.getFirst());
    assertThat(line.path("message").asText()).isEqualTo("it took long");
    assertThat(line.path("jobId").asText()).isEqualTo(JOB.value());
    assertThat(line.path("attempt").isInt() ? line.path("attempt").asInt() : 0).isEqualTo(3);
    assertThat(line.path("durationMillis").asLong()).isEqualTo(17);
    assertThat(line.path("level").asText()).isEqualTo("INFO");
  }

  @Test
  void a_line_for_people_has_the_fields_and_the_exception_behind_the_sentence() {
    var lines =
        written(
            "text",
            log -> {
              try (var _ = LogScope.of(JOB, 3, null)) {
                log.warn("it failed", new IllegalStateException("a\nb", new Error("c")));
              }
            });

    assertThat(lines)
        .singleElement()
        .asString()
        .matches(
            ".* WARN  LogLinesTest \\[\\S+] it failed .*jobId="
                + JOB
                + ".* \\| java.lang.IllegalStateException: a \\| b \\| at dev.prosa.*\\| Caused by:"
                + " java.lang.Error: c.*");
  }

  private static JsonNode json(String line) throws JsonProcessingException {
    return JsonMapper.builder().build().readTree(line);
  }

  /// What the configuration of the services writes.
  private static List<String> written(String format, Consumer<Logger> events) {
    var context = new LoggerContext();
    var adapter = org.slf4j.LoggerFactory.getILoggerFactory();
    context.setMDCAdapter(((LoggerContext) adapter).getMDCAdapter());
    context.putProperty("PROSA_LOG_FORMAT", format);
    try {
      var configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(
          Objects.requireNonNull(LogLinesTest.class.getResource("/logback.xml")));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
    var bytes = new ByteArrayOutputStream();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender(format);
    appender.setOutputStream(bytes);
    events.accept(context.getLogger(LogLinesTest.class));
    context.stop();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
