/// Finds turns that everybody forgot, and erasures that nobody finished.
@NullMarked
package dev.prosa.worker.sweep;

import org.jspecify.annotations.NullMarked;
