package dev.prosa.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.redrive.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  @TempDir private Path folder;

  private AuditFile in(Path path) {
    return new AuditFile(path, "ann", "jobs-dlq", new Desk.Time());
  }

  @Test
  void adds_a_line_for_every_action() throws IOException {
    var path = folder.resolve("sub/audit.jsonl");
    var audit = in(path).requireWritable();
    audit.note(new AuditLog.Entry("redrive", "j_1", "redriven", 5));

    in(path).requireWritable().note(new AuditLog.Entry("discard", "m\n1", "discarded", 0));

    assertThat(Files.readAllLines(path))
        .containsExactly(
            "{\"time\":\"2026-03-01T12:00:00Z\",\"who\":\"ann\",\"action\":\"redrive\","
                + "\"id\":\"j_1\",\"outcome\":\"redriven\",\"attempt\":5,\"queue\":\"jobs-dlq\"}",
            "{\"time\":\"2026-03-01T12:00:00Z\",\"who\":\"ann\",\"action\":\"discard\","
                + "\"id\":\"m\\n1\",\"outcome\":\"discarded\",\"attempt\":0,"
                + "\"queue\":\"jobs-dlq\"}");
  }

  @Test
  void says_at_once_that_it_cannot_be_written() {
    var audit = in(folder); // a folder is no file

    assertThatThrownBy(audit::requireWritable).isInstanceOf(UncheckedIOException.class);
  }
}
