/// Which browsers are connected, through which gateway, and how one is let in.
@NullMarked
package dev.prosa.core.connection;

import org.jspecify.annotations.NullMarked;
