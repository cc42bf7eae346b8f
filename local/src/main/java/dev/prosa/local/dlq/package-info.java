/// The dead-letter queue on the command line: what is asked for, what is done, how it looks.
@NullMarked
package dev.prosa.local.dlq;

import org.jspecify.annotations.NullMarked;
