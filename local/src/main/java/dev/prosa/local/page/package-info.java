/// The files of the chat page and of the libraries it uses.
@NullMarked
package dev.prosa.local.page;

import org.jspecify.annotations.NullMarked;
