@NullMarked
package dev.prosa.bench.model;

import org.jspecify.annotations.NullMarked;
