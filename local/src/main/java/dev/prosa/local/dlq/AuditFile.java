package dev.prosa.local.dlq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.redrive.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Objects;

/// The audit log as a file of JSON lines, to which every action adds one.
///
/// @param path of the file
/// @param who the user of the operating system
/// @param queue the name of the dead-letter queue
/// @param clock the time
public record AuditFile(Path path, String who, String queue, InstantSource clock)
    implements AuditLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Makes sure that the file can be written, so that nothing is done that could not be noted.
  ///
  /// @throws UncheckedIOException when it cannot
  public AuditFile requireWritable() {
    try {
      Files.createDirectories(Objects.requireNonNull(path.toAbsolutePath().getParent()));
      append("");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void note(Entry entry) {
    var line = new LinkedHashMap<String, Object>();
    line.put("time", clock.instant().toString());
    line.put("who", who);
    line.put("action", entry.action());
    line.put("id", entry.id());
    line.put("outcome", entry.outcome());
    line.put("attempt", entry.attempt());
    line.put("queue", queue);
    try {
      append(JSON.writeValueAsString(line) + "\n");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s of %s was done, but %s cannot be written".formatted(entry.action(), entry.id(), path),
          e);
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(
        path,
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }
}
