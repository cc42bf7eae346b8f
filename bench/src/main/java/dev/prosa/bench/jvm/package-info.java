/// Programs in a JVM of their own.
@NullMarked
package dev.prosa.bench.jvm;

import org.jspecify.annotations.NullMarked;
