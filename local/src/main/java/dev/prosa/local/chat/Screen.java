package dev.prosa.local.chat;

import java.io.PrintStream;

/// What is shown, and whether the last line of it is finished.
final class Screen {

  private static final String DIM = "\u001b[2m";
  private static final String NORMAL = "\u001b[0m";

  private final PrintStream out;
  private final boolean interactive;
  private boolean midLine;
  private boolean silent;

  Screen(Terminal terminal) {
    this.out = terminal.out();
    this.interactive = terminal.interactive();
  }

  /// Adds to the current line. A terminal obeys control characters, so it gets none of those that a
  /// model or another client has written.
  synchronized void text(String text) {
    if (silent) {
      return;
    }
    var shown =
        interactive ? text.replaceAll("[\\p{Cntrl}\\x80-\\x9f&&[^\\n\\t]]", "\ufffd") : text;
    out.print(shown);
    out.flush();
    if (!shown.isEmpty()) {
      midLine = !shown.endsWith("\n");
    }
  }

  synchronized void line(String text) {
    endLine();
    text(text + "\n");
  }

  /// A line about the chat, not of it.
  synchronized void note(String text) {
    endLine();
    style(DIM);
    text(text);
    style(NORMAL);
    text("\n");
  }

  private void style(String code) {
    if (interactive && !silent) {
      out.print(code);
    }
  }

  /// A line that only a person needs.
  void hint(String text) {
    if (interactive) {
      note(text);
    }
  }

  synchronized void prompt() {
    if (interactive && !silent) {
      endLine();
      out.print("> ");
      out.flush();
    }
  }

  synchronized void endLine() {
    if (midLine) {
      text("\n");
    }
  }

  /// Finishes the line and shows nothing any more.
  synchronized void close() {
    endLine();
    silent = true;
  }
}
