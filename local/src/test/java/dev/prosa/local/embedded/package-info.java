@NullMarked
package dev.prosa.local.embedded;

import org.jspecify.annotations.NullMarked;
