/// Clients that speak the public API and the protocol `prosa.v1`, and write down what they hear.
@NullMarked
package dev.prosa.bench.chaos.clients;

import org.jspecify.annotations.NullMarked;
