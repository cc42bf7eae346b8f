package dev.prosa.local;

import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.redrive.AuditLog;
import dev.prosa.core.redrive.Redrive;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.local.dlq.AuditFile;
import dev.prosa.local.dlq.DlqCommand;
import dev.prosa.local.dlq.DlqRequest;
import dev.prosa.local.dlq.DlqScreen;
import dev.prosa.local.dlq.DlqTool;
import dev.prosa.local.dlq.DlqUsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// `prosa dlq`: looks into the dead-letter queue, and redrives what is there.
public final class DlqMain {

  /// Handing 10,000 letters back takes about as long.
  private static final Duration HAND_BACK = Duration.ofSeconds(10);

  private DlqMain() {}

  /// Obeys one command line.
  public static void main(String[] args) {
    Console.runTool(settings -> {
      var screen = new DlqScreen(utf8(FileDescriptor.out), utf8(FileDescriptor.err));
      var over = handBackAtExit(Thread.currentThread());
      var code = DlqTool.NOTHING_DONE;
      try {
        code = run(List.of(args), settings, screen);
      } finally {
        over.countDown();
      }
      System.exit(code);
    });
  }

  private static PrintStream utf8(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  /// Ctrl-C interrupts what is going on, and waits until the letters are handed back.
  private static CountDownLatch handBackAtExit(Thread working) {
    var over = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  working.interrupt();
                  try {
                    var _ = over.await(HAND_BACK.toMillis(), TimeUnit.MILLISECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    return over;
  }

  /// Obeys one command line.
  ///
  /// @return the exit code
  public static int run(List<String> args, LocalSettings settings, DlqScreen screen) {
    try {
      var request = DlqRequest.parse(args);
      if (request.command() instanceof DlqCommand.Help) {
        screen.out().print(DlqRequest.USAGE);
        return DlqTool.DONE;
      }
      return run(request, settings, DlqTarget.of(settings, request.aws()), screen);
    } catch (DlqUsageException e) {
      screen.complain(e.getMessage() + "; ./prosa dlq help tells how");
    } catch (StartException e) {
      screen.complain(String.valueOf(e.getMessage()));
    } catch (QueueUnavailableException e) {
      screen.complain(DlqTool.sentence(e));
    } catch (UncheckedIOException e) {
      screen.complain(
          "nothing was done, because the audit file cannot be written: " + e.getMessage());
    }
    return DlqTool.USAGE;
  }

  private static int run(
      DlqRequest request, LocalSettings settings, DlqTarget target, DlqScreen screen) {
    var clock = InstantSource.system();
    try (var queues = SqsQueues.open(target.sqs(), target.queue());
        var table = DynamoDbTable.open(target.dynamoDb(), target.table());
        var redis = RedisPool.open(target.redis())) {
      var letters = DeadLetterQueue.sqs(queues);
      AuditLog audit =
          request.command().changes()
              ? auditFile(settings, letters.name(), user(), clock)
              : entry -> {};
      var redrive =
          new Redrive(
              TurnDatabase.dynamoDb(table, clock).turns(),
              JobQueue.sqs(queues),
              ReplyChannel.redis(redis, clock),
              audit,
              settings.settings().duration(Setting.DEADLINE));
      return new DlqTool(letters, redrive, screen, clock, DlqMain::sleep).run(request);
    }
  }

  private static String user() {
    return String.valueOf(System.getProperty("user.name"));
  }

  /// Where redrives and discards are noted.
  ///
  /// @param queue the name of the dead-letter queue
  /// @param who does them
  /// @throws UncheckedIOException when it cannot be written
  static AuditFile auditFile(
      LocalSettings settings, String queue, String who, InstantSource clock) {
    var path = settings.settings().textOrNull(Setting.AUDIT_FILE);
    return new AuditFile(
            path == null ? settings.data().resolve("audit.jsonl") : Path.of(path),
            who,
            queue,
            clock)
        .requireWritable();
  }

  private static void sleep(Duration time) {
    var end = System.nanoTime() + time.toNanos();
    for (var left = time.toNanos();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
