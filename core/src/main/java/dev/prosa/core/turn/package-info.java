/// Conversations, their turns, and the store that is the truth about both.
@NullMarked
package dev.prosa.core.turn;

import org.jspecify.annotations.NullMarked;
