package dev.prosa.local.contract;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import java.time.Duration;
import java.util.List;

class InMemoryJobQueueTest extends JobQueueContract {

  private final ManualTime time = new ManualTime();
  private final InMemoryJobQueue queue = JobQueue.inMemory(time, VISIBILITY);

  @Override
  JobQueue queue() {
    return queue;
  }

  @Override
  void pass(Duration duration) {
    time.pass(duration);
  }

  @Override
  List<DeadLetter> deadLetters() {
    return queue.deadLetters();
  }
}
