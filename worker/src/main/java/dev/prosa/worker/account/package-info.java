/// Writes down what was asked of models, beside the work and never in its way.
@NullMarked
package dev.prosa.worker.account;

import org.jspecify.annotations.NullMarked;
