/// Who is asking.
@NullMarked
package dev.prosa.core.identity;

import org.jspecify.annotations.NullMarked;
