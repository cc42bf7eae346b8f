/// Finds turns that everybody forgot.
@NullMarked
package dev.prosa.worker.sweep;

import org.jspecify.annotations.NullMarked;
