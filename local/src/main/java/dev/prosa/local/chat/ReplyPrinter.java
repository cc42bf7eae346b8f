package dev.prosa.local.chat;

/// Shows a reply as it grows. What was printed cannot be taken back, so text that is void stays and
/// a line says that the reply starts over.
final class ReplyPrinter {

  private final Screen screen;

  ReplyPrinter(Screen screen) {
    this.screen = screen;
  }

  /// Prints the difference.
  void show(ReplyView before, ReplyView now) {
    var restarted = now.attempt() > Math.max(1, before.attempt());
    if (restarted) {
      screen.note("[attempt %d: starting over]".formatted(now.attempt()));
    }
    var shown = now.attempt() == before.attempt() ? before.text() : "";
    if (now.text().startsWith(shown)) {
      screen.text(now.text().substring(shown.length()));
    } else {
      screen.note("[the reply as it is stored:]");
      screen.text(now.text());
    }
    if (!now.isOpen()) {
      end(now);
    } else if (!now.note().isEmpty() && !now.note().equals(before.note())) {
      screen.note(now.note());
    }
  }

  private void end(ReplyView view) {
    screen.endLine();
    switch (view.phase()) {
      case FAILED -> screen.note("[failed] " + view.note());
      case CANCELLED -> screen.note("[stopped]");
      case COMPLETED, OPEN -> {
        // the text says it all
      }
    }
  }
}
