/// How much a WebSocket gateway carries: Prosa's, the bare library and Node's `ws` under one load.
@NullMarked
package dev.prosa.bench.gateway;

import org.jspecify.annotations.NullMarked;
