/// A model that needs no account and no network: an OpenAI-compatible endpoint with scripted
/// answers and faults on request.
@NullMarked
package dev.prosa.worker.offline;

import org.jspecify.annotations.NullMarked;
