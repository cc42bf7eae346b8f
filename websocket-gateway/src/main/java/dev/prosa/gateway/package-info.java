/// What a worker said, on its last hop: from Redis into the WebSockets of the user it belongs to.
@NullMarked
package dev.prosa.gateway;

import org.jspecify.annotations.NullMarked;
