package dev.prosa.gateway;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pages that may connect. A browser always says which page it acts for; whoever says nothing
/// is no browser.
///
/// @param origins compared exactly: a suffix, another case or another port is another page
record AllowedOrigins(Set<String> origins) {

  /// @param origin the header `Origin`; null when the request has none
  boolean admits(@Nullable String origin) {
    return origin == null || origins.contains(origin);
  }
}
