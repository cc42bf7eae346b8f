/// Stands between the workers and what they call: sees every step, kills at it, and breaks calls.
@NullMarked
package dev.prosa.bench.chaos.faults;

import org.jspecify.annotations.NullMarked;
