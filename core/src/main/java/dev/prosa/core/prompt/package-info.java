/// System prompts: what a model is told before a conversation, under the names that messages use.
@NullMarked
package dev.prosa.core.prompt;

import org.jspecify.annotations.NullMarked;
