@NullMarked
package dev.prosa.local.offline;

import org.jspecify.annotations.NullMarked;
