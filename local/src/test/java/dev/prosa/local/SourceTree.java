package dev.prosa.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of this repository, from whichever of its folders the tests run.
public final class SourceTree {

  private static final Path ROOT = root(Path.of("").toAbsolutePath());

  private SourceTree() {}

  private static Path root(Path folder) {
    return Files.isDirectory(folder.resolve(".mvn"))
        ? folder
        : root(Objects.requireNonNull(folder.getParent(), "not inside the repository"));
  }

  /// The text of one file.
  ///
  /// @param path from the root of the repository
  public static String read(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The compiled tests of every module that has some.
  public static List<Path> compiledTests() {
    return modules().map(m -> m.resolve("target/test-classes")).filter(Files::isDirectory).toList();
  }

  /// The number of lines of every hand-written source, by path.
  public static SortedMap<String, Integer> lines() {
    var lines = new TreeMap<String, Integer>();
    modules()
        .map(module -> module.resolve("src"))
        .filter(Files::isDirectory)
        .flatMap(SourceTree::filesUnder)
        .filter(file -> file.toString().matches(".*\\.(java|js|css|html)"))
        .forEach(file -> lines.put(ROOT.relativize(file).toString(), count(file)));
    return lines;
  }

  private static Stream<Path> modules() {
    return children(ROOT).filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")));
  }

  private static Stream<Path> children(Path folder) {
    try (var files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> filesUnder(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int count(Path file) {
    try (var lines = Files.lines(file)) {
      return (int) lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
