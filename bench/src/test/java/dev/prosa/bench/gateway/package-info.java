@NullMarked
package dev.prosa.bench.gateway;

import org.jspecify.annotations.NullMarked;
