package dev.prosa.worker.llm;

import dev.prosa.core.provider.Price;

/// One model of one provider.
///
/// @param model asks it
/// @param price what its tokens cost
/// @param concurrency how many calls its provider takes at once, all its models together; at least
///   1
public record Offer(LanguageModel model, Price price, int concurrency) {}
