package dev.prosa.core.runtime;

/// Owns what a process has opened, and closes it in reverse order, once. Thread-safe.
public sealed interface Lifecycle extends AutoCloseable permits ClosingStack {

  /// An empty lifecycle.
  static Lifecycle create() {
    return new ClosingStack();
  }

  /// Takes over a resource.
  ///
  /// @param name for the log when it cannot be closed
  /// @return the resource
  /// @throws IllegalStateException when this lifecycle is closed; the resource is closed then, too
  <T extends AutoCloseable> T own(String name, T resource);

  /// Closes everything, newest first. One that fails is logged and does not keep the others open.
  @Override
  void close();
}
