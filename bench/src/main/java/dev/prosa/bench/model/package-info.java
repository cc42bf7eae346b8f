/// The job protocol under a seeded scheduler: the real code of ingest, worker, gateway and page on
/// doubles, in a world where calls get lost and processes die, and a checker that looks at the end.
@NullMarked
package dev.prosa.bench.model;

import org.jspecify.annotations.NullMarked;
