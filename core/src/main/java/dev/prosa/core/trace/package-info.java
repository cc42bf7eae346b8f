/// What one request is called on its way through all services.
@NullMarked
package dev.prosa.core.trace;

import org.jspecify.annotations.NullMarked;
