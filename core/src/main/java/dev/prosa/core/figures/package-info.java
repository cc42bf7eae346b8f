/// What workers did in the last minutes, for operators who look at the fleet.
@NullMarked
package dev.prosa.core.figures;

import org.jspecify.annotations.NullMarked;
