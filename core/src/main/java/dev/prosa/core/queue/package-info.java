/// The poke: "look at conversation C", and the queue that carries it.
@NullMarked
package dev.prosa.core.queue;

import org.jspecify.annotations.NullMarked;
