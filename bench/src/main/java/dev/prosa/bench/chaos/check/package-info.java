/// Judges a chaos run by its journal alone.
@NullMarked
package dev.prosa.bench.chaos.check;

import org.jspecify.annotations.NullMarked;
