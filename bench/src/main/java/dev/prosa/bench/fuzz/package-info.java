/// Clients that obey no protocol, against a gateway in this process, and what must hold all the
/// same. Every connection is made of its seed and its number alone.
@NullMarked
package dev.prosa.bench.fuzz;

import org.jspecify.annotations.NullMarked;
