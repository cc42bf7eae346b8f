/// What operators do with dead letters: look at them, redrive their jobs, discard them.
@NullMarked
package dev.prosa.core.redrive;

import org.jspecify.annotations.NullMarked;
