package dev.prosa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A folder that is gone afterwards.
///
/// @param path where it is
record Folder(Path path) implements AutoCloseable {

  static Folder create() {
    try {
      return new Folder(Files.createTempDirectory("prosa-bench"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder for the data of a measurement", e);
    }
  }

  @Override
  public void close() {
    try {
      for (var each : contents()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }

  /// Folders after what is in them.
  private List<Path> contents() throws IOException {
    try (var all = Files.walk(path)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
