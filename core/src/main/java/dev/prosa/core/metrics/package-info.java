/// What is counted and measured for whoever watches Prosa run.
@NullMarked
package dev.prosa.core.metrics;

import org.jspecify.annotations.NullMarked;
