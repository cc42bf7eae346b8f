/// Who may be asked for replies, and how they fare.
@NullMarked
package dev.prosa.core.provider;

import org.jspecify.annotations.NullMarked;
