/// Doubles that the worker's tests share.
@NullMarked
package dev.prosa.worker.testing;

import org.jspecify.annotations.NullMarked;
