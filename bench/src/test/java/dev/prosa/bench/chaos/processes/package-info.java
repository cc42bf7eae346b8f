@NullMarked
package dev.prosa.bench.chaos.processes;

import org.jspecify.annotations.NullMarked;
