/// Asks a language model.
@NullMarked
package dev.prosa.worker.llm;

import org.jspecify.annotations.NullMarked;
