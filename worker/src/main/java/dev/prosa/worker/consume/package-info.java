/// Receives pokes, as many as there are free permits.
@NullMarked
package dev.prosa.worker.consume;

import org.jspecify.annotations.NullMarked;
