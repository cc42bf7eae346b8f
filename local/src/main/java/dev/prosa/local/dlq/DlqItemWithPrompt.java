package dev.prosa.local.dlq;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// An item with what the user wrote, for who asked for it.
///
/// @param prompt the message, or the body of a message that is no poke; null when it is gone
record DlqItemWithPrompt(@JsonUnwrapped DlqItem item, @Nullable String prompt) {}
