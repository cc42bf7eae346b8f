@NullMarked
package dev.prosa.local;

import org.jspecify.annotations.NullMarked;
