@NullMarked
package dev.prosa.local.chat;

import org.jspecify.annotations.NullMarked;
