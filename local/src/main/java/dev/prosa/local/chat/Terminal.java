package dev.prosa.local.chat;

import java.io.InputStream;
import java.io.PrintStream;

/// Where a chat is typed and shown.
///
/// @param in what is typed, in UTF-8, one message a line
/// @param out the replies
/// @param err why there is no chat
/// @param interactive whether a person sits there: only then are there prompts and colours, and
///   control characters are left out of what is shown
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {}
