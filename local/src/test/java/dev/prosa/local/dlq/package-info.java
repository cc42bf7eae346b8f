@NullMarked
package dev.prosa.local.dlq;

import org.jspecify.annotations.NullMarked;
