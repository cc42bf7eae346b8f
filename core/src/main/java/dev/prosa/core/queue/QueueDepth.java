package dev.prosa.core.queue;

/// How many messages a queue has, roughly: SQS asks some of its servers (Amazon SQS API,
/// `GetQueueAttributes`).
///
/// @param waiting how many could be received now; 0 or more
/// @param inFlight how many were received and not deleted yet, those that wait for a later try
///   among them; 0 or more
public record QueueDepth(int waiting, int inFlight) {}
