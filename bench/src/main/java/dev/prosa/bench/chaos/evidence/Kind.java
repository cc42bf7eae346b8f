package dev.prosa.bench.chaos.evidence;

/// What a line of the journal is about. The fields of each are those that its writer puts in.
public enum Kind {
  /// A client hands a message in.
  POST,
  /// A client was told that its message is accepted.
  ACCEPTED,
  /// A client asked for a job to be stopped.
  CANCEL,
  /// A client got a frame from a gateway.
  FRAME,
  /// A client asked for a job and was answered.
  POLLED,
  /// A client is connected to a gateway.
  CONNECTED,
  /// A client lost its connection.
  LOST,
  /// The harness cut a client's connection.
  DROP,
  /// A worker asks the model.
  CALL,
  /// A worker has claimed a turn.
  CLAIMED,
  /// A worker has given a turn back.
  RELEASED,
  /// A worker has ended a turn.
  FINISHED,
  /// A process is up.
  STARTED,
  /// A process was killed.
  KILLED,
  /// A process was stopped in its tracks for a while.
  PAUSED,
  /// A process ended after it was told to.
  EXITED,
  /// Something was done to Redis.
  REDIS,
  /// A needless poke, or a message that is none, was put into the queue.
  POKE,
  /// A call of a worker to the table was broken.
  TABLE_FAULT,
  /// A suspicious line in the log of a process.
  LOG,
  /// A dead letter is about to be redriven.
  REDRIVE,
  /// What became of a redrive.
  REDRIVEN,
  /// All is quiet, or the run did not want to wait any longer.
  SETTLED,
  /// A turn as the table has it at the end.
  TURN,
  /// An idempotency key as the table has it at the end.
  KEY,
  /// A dead letter at the end.
  LETTER,
  /// A message that is left in the queue at the end.
  LEFT,
  /// A connection that Redis knows at the end.
  MEMBER,
  /// What a process has at the end.
  IDLE
}
