@NullMarked
package dev.prosa.bench.providers;

import org.jspecify.annotations.NullMarked;
