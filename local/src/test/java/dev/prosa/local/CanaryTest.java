package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider that repeats the key and the question in every error: neither gets to where other
/// people read. Attempts take their time, so this runs beside all other tests.
@Execution(ExecutionMode.CONCURRENT)
class CanaryTest {

  private static final String KEY = "sk-canary-5b1f0c";
  private static final String WORDS = "canary-words-77aa";
  private static final Duration DEADLINE = Duration.ofSeconds(12);

  private static final List<String> FAULTS =
      List.of("400", "401", "403", "404", "429", "500", "503", "stream", "page", "chunk");

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void nobody_else_hears_the_key_or_the_words(String logFormat) throws IOException {
    List<String> heard;
    try (var tattler = new Tattler();
        var up =
            UpProcess.start(
                data,
                Map.of(
                    "OPENAI_BASE_URL",
                    tattler.uri().toString(),
                    "OPENAI_API_KEY",
                    KEY,
                    "PROSA_DEADLINE",
                    DEADLINE.toSeconds() + "s",
                    "PROSA_LOG_FORMAT",
                    logFormat))) {
      heard = failEveryWay(up);
    }

    assertThat(heard).noneMatch(said -> said.contains(KEY) || said.contains(WORDS));
    assertThat(filesWith(KEY)).isEmpty();
    assertThat(filesWith(WORDS)).allMatch(file -> file.startsWith(data.resolve("dynamodb")));
  }

  /// What clients and operators are told about jobs that fail.
  private List<String> failEveryWay(UpProcess up) {
    var heard = new ArrayList<String>();
    var reader = up.user("canary");
    try (var ear = reader.listen()) {
      var jobs = FAULTS.stream().map(fault -> reader.say(WORDS + " fail with " + fault)).toList();
      for (var accepted : jobs) {
        heard.add(reader.awaitEnd(accepted, DEADLINE.plusSeconds(30)).toString());
        ear.awaitEnd(accepted);
      }
      ear.frames().stream().map(CanaryTest::withoutTheQuestion).forEach(heard::add);
      heard.add(reader.get("/v1/health").body().toString());
      heard.add(Dlq.run(data, "list --json").json().toString());
    }
    assertThat(heard).anyMatch(said -> said.contains("job.failed"));
    assertThat(heard).anyMatch(said -> said.contains("\"letters\""));
    return heard;
  }

  /// The owner's other tabs show the question.
  private static String withoutTheQuestion(JsonNode frame) {
    return frame.toString().replaceAll("\"prompt\":\"[^\"]*\"", "");
  }

  private List<Path> filesWith(String canary) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).filter(file -> contains(file, canary)).toList();
    }
  }

  private static boolean contains(Path file, String canary) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(canary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
