@NullMarked
package dev.prosa.bench.fuzz;

import org.jspecify.annotations.NullMarked;
