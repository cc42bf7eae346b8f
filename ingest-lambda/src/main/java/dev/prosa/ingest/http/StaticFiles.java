package dev.prosa.ingest.http;

import org.jspecify.annotations.Nullable;

/// The files of a page. Thread-safe.
@FunctionalInterface
public interface StaticFiles {

  /// The file at `path`; null when there is none.
  ///
  /// @param path an absolute path, decoded; `/` for the page itself
  @Nullable StaticFile find(String path);

  /// No files at all.
  StaticFiles NONE = path -> null;
}
