/// What a worker says while and after it answers, on its way to the browsers.
@NullMarked
package dev.prosa.core.reply;

import org.jspecify.annotations.NullMarked;
