/// A chat in the terminal, as a client of Prosa's HTTP API and of its WebSocket protocol.
@NullMarked
package dev.prosa.local.chat;

import org.jspecify.annotations.NullMarked;
