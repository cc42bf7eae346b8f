package dev.prosa.core.identity;

/// Who made a request, as far as its token proves it.
///
/// @param owner the user; everything the request reads or writes must belong to them
public record Caller(OwnerId owner) {}
