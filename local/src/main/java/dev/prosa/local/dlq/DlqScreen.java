package dev.prosa.local.dlq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where the answers are shown.
///
/// @param out answers
/// @param err why there is none
public record DlqScreen(PrintStream out, PrintStream err) {

  /// Everything beyond ASCII is escaped, as some of it acts on terminals.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /// Says why something did not work.
  public void complain(String sentence) {
    err.println("prosa: " + PlainText.of(sentence));
  }

  void say(String line) {
    out.println(line);
  }

  void json(Object document) {
    try {
      out.println(JSON.writeValueAsString(document));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  void table(List<DlqItem> items) {
    var columns =
        new Columns()
            .row(
                "ID",
                "CODE",
                "ATTEMPTS",
                "PROVIDER",
                "AGE",
                "OWNER",
                "STATE NOW",
                "COPIES",
                "TRACEPARENT",
                "REASON");
    for (var item : items) {
      columns.row(
          item.id(),
          item.code(),
          Integer.toString(item.attempts()),
          orDash(item.provider()),
          item.age(),
          orDash(item.owner()),
          orDash(item.state()),
          Integer.toString(item.copies()),
          orDash(item.traceparent()),
          item.reason());
    }
    columns.lines().forEach(out::println);
  }

  void details(DlqItem item) {
    new Columns()
        .row("id", item.id())
        .row("reason", item.reason())
        .row("code", item.code())
        .row("attempts", Integer.toString(item.attempts()))
        .row("provider", orDash(item.provider()))
        .row("sent", item.sentAt() + ", " + item.age() + " ago")
        .row("owner", orDash(item.owner()))
        .row("traceparent", orDash(item.traceparent()))
        .row("state now", orDash(item.state()))
        .row("attempt", orDash(item.attempt()))
        .row("messages", String.join(", ", item.messageIds()))
        .lines()
        .forEach(out::println);
  }

  private static String orDash(@Nullable Object value) {
    return Objects.toString(value, "-");
  }
}
