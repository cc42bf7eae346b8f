/// What is written down of a chaos run, and how it is read again.
@NullMarked
package dev.prosa.bench.chaos.evidence;

import org.jspecify.annotations.NullMarked;
