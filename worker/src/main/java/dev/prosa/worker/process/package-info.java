/// Serves one poke: claim the oldest open turn, answer it, end it once.
@NullMarked
package dev.prosa.worker.process;

import org.jspecify.annotations.NullMarked;
