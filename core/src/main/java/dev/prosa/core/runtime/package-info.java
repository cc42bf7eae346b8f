/// What every process needs: settings, ids, a Redis pool, and an orderly start and stop.
@NullMarked
package dev.prosa.core.runtime;

import org.jspecify.annotations.NullMarked;
