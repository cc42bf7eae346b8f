/// Everything in one process on embedded servers, and the command line.
@NullMarked
package dev.prosa.local;

import org.jspecify.annotations.NullMarked;
