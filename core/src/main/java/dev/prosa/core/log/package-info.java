/// What log lines say beside their sentence.
@NullMarked
package dev.prosa.core.log;

import org.jspecify.annotations.NullMarked;
