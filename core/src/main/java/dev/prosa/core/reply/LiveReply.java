package dev.prosa.core.reply;

/// What an unfinished reply has said so far.
///
/// @param attempt the number of the attempt, from 1
/// @param text everything it has published; may be empty
public record LiveReply(int attempt, String text) {}
