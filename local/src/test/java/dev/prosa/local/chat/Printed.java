package dev.prosa.local.chat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A terminal that keeps what is shown. Thread-safe.
final class Printed {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final boolean interactive;

  Printed(boolean interactive) {
    this.interactive = interactive;
  }

  /// Where these lines are typed, and then the end of the input.
  Terminal typing(String... lines) {
    var typed = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return new Terminal(new ByteArrayInputStream(typed), stream(out), stream(err), interactive);
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  Screen screen() {
    return new Screen(typing());
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /// What was shown after the last place that says `mark`, or everything.
  String afterLast(String mark) {
    var shown = out();
    var at = shown.lastIndexOf(mark);
    return at < 0 ? shown : shown.substring(at + mark.length());
  }
}
