@NullMarked
package dev.prosa.bench.chaos.check;

import org.jspecify.annotations.NullMarked;
