package dev.prosa.core.identity;

/// What a caller may do beyond using what is theirs.
public enum Role {
  /// May see and erase what belongs to other users of the same tenant.
  ADMIN,
  /// May see and use what concerns the whole of Prosa, whatever tenant it belongs to: its figures
  /// and the dead-letter queue.
  OPERATOR
}
