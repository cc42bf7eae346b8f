package dev.prosa.local.contract;

import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;

class InMemoryDeadLetterQueueTest extends DeadLetterQueueContract {

  private final InMemoryJobQueue queue =
      JobQueue.inMemory(new ManualTime(), JobQueueContract.VISIBILITY);

  @Override
  JobQueue jobs() {
    return queue;
  }

  @Override
  DeadLetterQueue letters() {
    return queue.deadLetterQueue();
  }

  @Override
  void moved(String body) {
    queue.deadLetterQueue().addUnexplained(body);
  }
}
