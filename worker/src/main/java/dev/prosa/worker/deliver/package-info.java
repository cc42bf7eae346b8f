/// Brings text to the browsers while it is written.
@NullMarked
package dev.prosa.worker.deliver;

import org.jspecify.annotations.NullMarked;
