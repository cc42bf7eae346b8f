package dev.prosa.bench.chaos.evidence;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The time is taken under the lock, so that the order of the lines is the order of their times.
final class JournalFile implements Journal {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final BufferedWriter out;
  private final long beginNanos = System.nanoTime();
  private boolean closed;

  private JournalFile(BufferedWriter out) {
    this.out = out;
  }

  static JournalFile create(Path file) {
    try {
      return new JournalFile(Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void note(Kind kind, Consumer<ObjectNode> fields) {
    var entry = JSON.createObjectNode();
    lock.lock();
    try {
      entry.put("at", (System.nanoTime() - beginNanos) / NANOS_PER_MILLI);
      entry.put("kind", kind.name());
      fields.accept(entry);
      if (!closed) {
        out.write(entry.toString());
        out.newLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal is cut off", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the journal is cut off", e);
    } finally {
      lock.unlock();
    }
  }
}
