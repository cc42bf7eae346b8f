package dev.prosa.core.queue;

/// One delivery of one message.
///
/// @param body the message as it stands in the queue, a [Poke] or garbage
/// @param receipt names this delivery; another delivery of the same message has another
/// @param receiveCount how often the message was received, this time included; at least 1
public record ReceivedPoke(String body, String receipt, int receiveCount) {}
