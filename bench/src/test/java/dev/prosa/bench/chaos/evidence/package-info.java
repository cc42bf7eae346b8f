@NullMarked
package dev.prosa.bench.chaos.evidence;

import org.jspecify.annotations.NullMarked;
