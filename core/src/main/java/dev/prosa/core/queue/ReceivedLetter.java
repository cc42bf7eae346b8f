package dev.prosa.core.queue;

import java.time.Instant;

/// One delivery of one dead letter.
///
/// @param messageId names the message, whatever it says
/// @param receipt names this delivery
/// @param sentAt when it was sent; for a poke that SQS moved by itself, when the poke was sent
/// @param letter the message and why it is there; what the message does not tell is found out as
///   far as it can be
public record ReceivedLetter(String messageId, String receipt, Instant sentAt, DeadLetter letter) {}
