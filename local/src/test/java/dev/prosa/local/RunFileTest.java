package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which queue a command finds.
class RunFileTest {

  private static final String SQS = "http://127.0.0.1:9324";
  private static final String DYNAMODB = "http://127.0.0.1:8000";

  @TempDir private Path data;

  private static RunFile ofThisProcess() {
    return RunFile.of(
        Settings.of(Map.of())
            .with(Setting.SQS_ENDPOINT, SQS)
            .with(Setting.DYNAMODB_ENDPOINT, DYNAMODB)
            .with(Setting.REDIS_URL, "redis://:secret@127.0.0.1:1"));
  }

  private static RunFile ofAnEndedProcess() {
    var now = ofThisProcess();
    return new RunFile(
        now.pid(), "2001-01-01T00:00:00Z", SQS, DYNAMODB, now.redis(), "r", "q", "t");
  }

  private LocalSettings settings(String... keysAndValues) {
    var environment = new HashMap<>(Map.of("PROSA_DATA", data.toString()));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return LocalSettings.of(environment, data.resolve("no.env"));
  }

  private DlqTarget target(boolean aws, String... keysAndValues) {
    return DlqTarget.of(settings(keysAndValues), aws);
  }

  @Test
  void is_for_its_owner_only_and_is_removed_in_the_end() throws Exception {
    var written = ofThisProcess().writeTo(data);
    var file = data.resolve("run.json");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(RunFile.read(data)).isEqualTo(ofThisProcess());
    written.close();
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void that_of_another_process_is_not_removed() throws Exception {
    var written = ofThisProcess().writeTo(data);
    var _ = ofAnEndedProcess().writeTo(data);

    written.close();

    assertThat(RunFile.read(data)).isEqualTo(ofAnEndedProcess());
  }

  @Test
  void leads_to_the_servers_of_a_running_process() {
    var _ = ofThisProcess().writeTo(data);

    var target = target(false);

    assertThat(target.sqs().endpoint()).isEqualTo(URI.create(SQS));
    assertThat(target.dynamoDb().endpoint()).isEqualTo(URI.create(DYNAMODB));
    assertThat(target.redis()).isEqualTo(URI.create("redis://:secret@127.0.0.1:1"));
    assertThat(target.queue()).isEqualTo("prosa-jobs");
  }

  @Test
  void one_that_a_killed_process_left_is_not_followed() {
    var _ = ofAnEndedProcess().writeTo(data);

    assertThatThrownBy(() -> target(false))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("run.json was left by process")
        .hasMessageContaining("which is gone");
  }

  @Test
  void garbage_in_its_place_counts_as_none() throws IOException {
    Files.writeString(data.resolve("run.json"), "{\"pid\":");

    assertThatThrownBy(() -> target(false)).hasMessageContaining("No Prosa runs on");
  }

  @Test
  void endpoints_that_are_set_win() {
    var _ = ofThisProcess().writeTo(data);
    var other = "http://127.0.0.1:4566";

    var target = target(false, "PROSA_SQS_ENDPOINT", other, "PROSA_DYNAMODB_ENDPOINT", other);

    assertThat(target.sqs().endpoint()).isEqualTo(URI.create(other));
    assertThat(target.dynamoDb().endpoint()).isEqualTo(URI.create(other));
  }

  @Test
  void an_endpoint_that_the_running_process_uses_leads_to_its_others() {
    var _ = ofThisProcess().writeTo(data);

    assertThat(target(false, "PROSA_SQS_ENDPOINT", SQS).dynamoDb().endpoint())
        .isEqualTo(URI.create(DYNAMODB));
  }

  @Test
  void one_endpoint_alone_is_not_completed_by_guessing() {
    var _ = ofThisProcess().writeTo(data);

    assertThatThrownBy(() -> target(false, "PROSA_SQS_ENDPOINT", "http://127.0.0.1:4566"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("set both");
  }

  @Test
  void aws_is_meant_only_when_it_is_said() {
    var _ = ofThisProcess().writeTo(data);

    var target = target(true, "AWS_REGION", "eu-west-1", "PROSA_QUEUE", "jobs");

    assertThat(target.sqs().endpoint()).isNull();
    assertThat(target.dynamoDb().endpoint()).isNull();
    assertThat(target.dynamoDb().region()).isEqualTo("eu-west-1");
    assertThat(target.queue()).isEqualTo("jobs");
  }

  @Test
  void a_command_says_in_one_sentence_that_it_found_nothing() {
    var dlq = Dlq.run(data, "list");

    assertThat(dlq.code()).isEqualTo(2);
    assertThat(dlq.err()).startsWith("prosa: No Prosa runs on ").hasLineCount(1);
    assertThat(dlq.out()).isEmpty();
  }

  @Test
  void a_command_says_that_a_queue_does_not_answer() {
    var nowhere =
        Map.of(
            "PROSA_SQS_ENDPOINT", "http://127.0.0.1:1",
            "PROSA_DYNAMODB_ENDPOINT", "http://127.0.0.1:1");

    var dlq = Dlq.run(data, "list", nowhere);

    assertThat(dlq.code()).isEqualTo(2);
    assertThat(dlq.err()).startsWith("prosa: cannot look up the queue prosa-jobs");
  }

  @Test
  void help_needs_no_queue() {
    assertThat(Dlq.run(data, "help").code()).isZero();
    assertThat(Dlq.run(data, "lsit").err()).contains("there is no command lsit");
  }
}
