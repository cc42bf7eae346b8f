@NullMarked
package dev.prosa.worker.offline;

import org.jspecify.annotations.NullMarked;
