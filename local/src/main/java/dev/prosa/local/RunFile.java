package dev.prosa.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the servers of a running `prosa up` are: its ports are other ones at every start. The file
/// lies in the data folder while the process is ready, for its owner's eyes only, because the
/// address of Redis holds a password.
///
/// @param pid of the process
/// @param startedAt when that process began, because process ids are used again; null when the
///   operating system does not tell
/// @param sqs the endpoint of the queues
/// @param dynamoDb the endpoint of the table
/// @param redis the address of Redis
/// @param region as the process has it
/// @param queue the name of the job queue
/// @param table the name of the table
record RunFile(
    long pid,
    @Nullable String startedAt,
    String sqs,
    String dynamoDb,
    String redis,
    String region,
    String queue,
    String table) {

  private static final Logger LOG = LoggerFactory.getLogger(RunFile.class);
  private static final String NAME = "run.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What this process would write.
  ///
  /// @param settings with the endpoints of the servers
  static RunFile of(Settings settings) {
    var self = ProcessHandle.current();
    return new RunFile(
        self.pid(),
        startOf(self),
        settings.text(Setting.SQS_ENDPOINT),
        settings.text(Setting.DYNAMODB_ENDPOINT),
        settings.text(Setting.REDIS_URL),
        settings.text(Setting.AWS_REGION),
        settings.text(Setting.QUEUE),
        settings.text(Setting.TABLE));
  }

  private static @Nullable String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse(null);
  }

  static Path in(Path data) {
    return data.resolve(NAME);
  }

  /// Writes it at once and as a whole; closing what is returned removes it.
  ///
  /// @throws StartException when it cannot be written
  AutoCloseable writeTo(Path data) {
    try {
      var temporary = Files.createTempFile(data, "run", ".tmp", ownerOnly());
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.write(StandardCharsets.UTF_8.encode(JSON.writeValueAsString(this)));
      }
      Files.move(temporary, in(data), StandardCopyOption.ATOMIC_MOVE);
      return () -> removeFrom(data);
    } catch (IOException e) {
      throw new StartException("The file %s cannot be written.".formatted(in(data)), e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private void removeFrom(Path data) throws IOException {
    if (equals(read(data))) {
      Files.delete(in(data));
    }
  }

  /// The one in a data folder; null when there is none, or nobody can read it.
  static @Nullable RunFile read(Path data) {
    if (!Files.exists(in(data))) {
      return null;
    }
    try {
      return JSON.readValue(Files.readString(in(data)), RunFile.class);
    } catch (JsonProcessingException e) {
      LOG.warn("{} is not what prosa up writes; passing it over", in(data));
    } catch (IOException e) {
      LOG.warn("{} cannot be read ({}); passing it over", in(data), e.getMessage());
    }
    return null;
  }

  /// Whether the process that wrote it runs.
  boolean isLive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startedAt == null || startedAt.equals(startOf(process)))
        .isPresent();
  }
}
