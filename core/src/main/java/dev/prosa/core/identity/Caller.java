package dev.prosa.core.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who made a request, as far as its token proves it.
///
/// @param owner the user; everything the request reads or writes must belong to them
/// @param until when the token ends; null when it does not
public record Caller(OwnerId owner, @Nullable Instant until) {}
