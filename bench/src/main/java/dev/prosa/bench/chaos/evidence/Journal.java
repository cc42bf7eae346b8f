package dev.prosa.bench.chaos.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Everything that happens in a run, one JSON object a line, in the order in which it was noted. It
/// only grows, and nothing of it is kept in memory. Thread-safe.
public sealed interface Journal extends AutoCloseable permits JournalFile {

  /// A new journal; its times count from now.
  static Journal create(Path file) {
    return JournalFile.create(file);
  }

  /// Adds a line.
  ///
  /// @param fields puts in what is known
  void note(Kind kind, Consumer<ObjectNode> fields);

  /// Makes sure that all lines are in the file. What is noted later is lost.
  @Override
  void close();
}
