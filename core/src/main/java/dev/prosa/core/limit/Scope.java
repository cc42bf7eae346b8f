package dev.prosa.core.limit;

import java.util.Locale;

/// Whom a limit counts for.
///
/// @param kind what kind of thing it is
/// @param name which one: a user, a tenant or a model; not empty
public record Scope(Kind kind, String name) {

  /// What limits count for.
  public enum Kind {
    /// Everything one user asks for.
    USER,
    /// Everything the users of one tenant ask for.
    TENANT,
    /// Everything that is asked of one model.
    MODEL;

    /// The word for clients.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The key of this scope in a store, such as `user:ann`.
  @Override
  public String toString() {
    return kind.word() + ":" + name;
  }

  /// The scope whose key is `key`.
  ///
  /// @throws IllegalArgumentException when it is none
  static Scope of(String key) {
    var colon = key.indexOf(':');
    return new Scope(
        Kind.valueOf(key.substring(0, Math.max(0, colon)).toUpperCase(Locale.ROOT)),
        key.substring(colon + 1));
  }
}
