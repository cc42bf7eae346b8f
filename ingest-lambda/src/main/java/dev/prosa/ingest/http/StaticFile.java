package dev.prosa.ingest.http;

/// One file as it travels.
///
/// @param mediaType its `Content-Type`
/// @param plain the content; not to be changed
/// @param gzipped the content, compressed; not to be changed
/// @param etag its `ETag`, with quotes
@SuppressWarnings("ArrayRecordComponent") // nobody compares files
public record StaticFile(String mediaType, byte[] plain, byte[] gzipped, String etag) {}
