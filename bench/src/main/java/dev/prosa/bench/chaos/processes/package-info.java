/// Workers, gateways and a Redis as processes of their own, which are killed and come back.
@NullMarked
package dev.prosa.bench.chaos.processes;

import org.jspecify.annotations.NullMarked;
