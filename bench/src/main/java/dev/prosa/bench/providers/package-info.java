/// What it costs to ask model providers through the worker: time, memory, and how soon a call ends.
@NullMarked
package dev.prosa.bench.providers;

import org.jspecify.annotations.NullMarked;
