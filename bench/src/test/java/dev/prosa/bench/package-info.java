@NullMarked
package dev.prosa.bench;

import org.jspecify.annotations.NullMarked;
