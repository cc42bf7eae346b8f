package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider that repeats the key and the question in every error, and users who put their words
/// everywhere: neither these nor what proves who somebody is get to where other people read, not
/// even when everything is logged. Attempts take their time, so this runs beside all other tests.
@Execution(ExecutionMode.CONCURRENT)
class CanaryTest {

  private static final String KEY = "sk-canary-5b1f0c";
  private static final String WORDS = "canary-words-77aa";
  private static final String NO_TOKEN = "canary.token.4d1e";
  private static final Duration DEADLINE = Duration.ofSeconds(12);

  /// As an operator does who looks for a fault.
  private static final String LOG_EVERYTHING = "-Dprosa.log.level=TRACE -Dprosa.log.others=DEBUG";

  private static final List<String> FAULTS =
      List.of("400", "401", "403", "404", "429", "500", "503", "stream", "page", "chunk");

  @TempDir private Path data;

  private final List<String> heard = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void nobody_else_hears_a_secret_or_the_words(String logFormat) throws IOException {
    List<String> proofs;
    try (var tattler = new Tattler();
        var up = start(tattler, logFormat)) {
      var reader = user(up, "canary");
      proofs = List.of(reader.bearer(), comeWithATicket(reader), NO_TOKEN, KEY);
      failEveryWay(reader);
      answerAndStop(reader);
      refuse(reader, user(up, "other"));
      askWhatOperatorsSee(reader);
    }

    assertThat(heard).anyMatch(said -> said.contains("job.failed"));
    assertThat(heard).noneMatch(said -> said.contains(WORDS) || said.contains(Tattler.ANSWER));
    assertThat(proofs)
        .allSatisfy(proof -> {
          assertThat(heard).noneMatch(said -> said.contains(proof));
          assertThat(filesWith(proof)).isEmpty();
        });
    assertThat(filesWith("DEBUG")).as("logs that say everything").isNotEmpty();
    assertThat(filesWith(WORDS)).isNotEmpty().allMatch(this::isOfTheTable);
    assertThat(filesWith(Tattler.ANSWER)).isNotEmpty().allMatch(this::isOfTheTable);
  }

  private UpProcess start(Tattler tattler, String logFormat) throws IOException {
    return UpProcess.start(
        data,
        Map.of(
            "OPENAI_BASE_URL",
            tattler.uri().toString(),
            "OPENAI_API_KEY",
            KEY,
            "PROSA_AUTH",
            "jwt",
            "PROSA_USER_JOBS_IN_FLIGHT",
            "0",
            "PROSA_DEADLINE",
            DEADLINE.toSeconds() + "s",
            "PROSA_LOG_FORMAT",
            logFormat,
            "JAVA_TOOL_OPTIONS",
            LOG_EVERYTHING));
  }

  private Stranger user(UpProcess up, String name) {
    var out = new ByteArrayOutputStream();
    var settings = LocalSettings.of(Map.of("PROSA_DATA", data.toString()), data.resolve("no.env"));
    var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(TokenMain.run(List.of(name), settings, InstantSource.system(), printed)).isZero();
    var unproved = up.user(name);
    var token = out.toString(StandardCharsets.UTF_8).strip();
    return new Stranger(name, unproved.page(), unproved.socket(), token);
  }

  /// Opens a WebSocket as the page does.
  private static String comeWithATicket(Stranger reader) {
    var ticket = reader.post("/v1/tickets", "{}").text("ticket");
    try (var ear = reader.listenWith(ticket)) {
      ear.sayAnything("{\"type\":\"%s\",\"token\":\"%s\"}".formatted(WORDS, NO_TOKEN));
      ear.sayAnything("{\"type\":\"resume\",\"jobs\":[{\"jobId\":\"%s\"}]}".formatted(WORDS));
      ear.sayAnything("{\"type\":\"auth.refresh\",\"token\":\"%s\"}".formatted(NO_TOKEN));
      assertThat(ear.closeCode(Duration.ofSeconds(10))).isEqualTo(4500);
    }
    return ticket;
  }

  /// What clients are told about jobs that fail.
  private void failEveryWay(Stranger reader) {
    try (var ear = reader.listen()) {
      var jobs = FAULTS.stream().map(fault -> reader.say(WORDS + " fail with " + fault)).toList();
      for (var accepted : jobs) {
        heard.add(reader.awaitEnd(accepted, DEADLINE.plusSeconds(30)).toString());
        ear.awaitEnd(accepted);
      }
      ear.frames().stream().map(CanaryTest::withoutTheQuestion).forEach(heard::add);
    }
  }

  /// The owner's other tabs show the question.
  private static String withoutTheQuestion(JsonNode frame) {
    return frame.toString().replaceAll("\"prompt\":\"[^\"]*\"", "");
  }

  private static void answerAndStop(Stranger reader) {
    try (var ear = reader.listen()) {
      var answered = reader.say(WORDS + " answer this");
      assertThat(ear.awaitEnd(answered).path("content").asText()).isEqualTo(Tattler.ANSWER);

      var begun = reader.say(WORDS + " begin this");
      ear.awaitText(begun, 1);
      reader.post("/v1/jobs/%s/cancel".formatted(begun.path("jobId").asText()), "");
      assertThat(ear.awaitEnd(begun).path("type").asText()).isEqualTo("job.cancelled");
    }
  }

  /// What those are told who ask for what they may not have, or in a way that nobody understands.
  private void refuse(Stranger reader, Stranger other) {
    var mine = reader.say(WORDS + " answer this");
    var nobody = new Stranger("nobody", reader.page(), reader.socket(), NO_TOKEN);
    var said = "{\"content\":\"%s\"}".formatted(WORDS);

    var refusals =
        List.of(
            nobody.post("/v1/messages", said),
            other.get("/v1/jobs/" + mine.path("jobId").asText()),
            other.sayAtOnce(WORDS, mine).join(),
            reader.post("/v1/messages", "{\"" + WORDS),
            reader.post("/v1/messages", "[\"" + WORDS + "\"]"),
            reader.post("/v1/messages", "{\"content\":{\"%s\":1}}".formatted(WORDS)),
            reader.post("/v1/messages", "{\"content\":\"Hi\",\"model\":\"%s\"}".formatted(WORDS)),
            reader.post("/v1/messages", said, "Idempotency-Key", WORDS + " with a blank"),
            reader.get("/v1/conversations?cursor=" + WORDS),
            reader.get("/v1/jobs/" + WORDS));

    assertThat(refusals).allMatch(answer -> answer.status() >= 400 && answer.status() < 500);
    refusals.forEach(answer -> heard.add(answer.toString()));
  }

  private void askWhatOperatorsSee(Stranger reader) throws IOException {
    heard.add(reader.get("/v1/health").body().toString());
    try (var metrics = reader.page().resolve("/metrics").toURL().openStream()) {
      heard.add(new String(metrics.readAllBytes(), StandardCharsets.UTF_8));
    }
    var listed = Dlq.run(data, "list --json").json();
    assertThat(listed.path("letters")).hasSizeGreaterThan(1);
    heard.add(listed.toString());
    try (var door = BackDoor.of(data)) {
      heard.addAll(door.letters());
    }
  }

  private boolean isOfTheTable(Path file) {
    return file.startsWith(data.resolve("dynamodb"));
  }

  private List<Path> filesWith(String canary) {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).filter(file -> contains(file, canary)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
