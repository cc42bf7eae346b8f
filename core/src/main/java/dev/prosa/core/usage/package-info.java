/// What was asked of models and what it cost.
@NullMarked
package dev.prosa.core.usage;

import org.jspecify.annotations.NullMarked;
