/// The HTTP API as a process of its own: the handlers of the Lambdas and the files of the page
/// behind the small server.
@NullMarked
package dev.prosa.front;

import org.jspecify.annotations.NullMarked;
