/// HTTP to turn and poke: one Lambda handler per route, and what they share.
@NullMarked
package dev.prosa.ingest;

import org.jspecify.annotations.NullMarked;
