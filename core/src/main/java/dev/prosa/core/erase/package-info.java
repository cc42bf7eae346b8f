/// What it takes to erase a conversation, whoever goes on with it.
@NullMarked
package dev.prosa.core.erase;

import org.jspecify.annotations.NullMarked;
