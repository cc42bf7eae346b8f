package dev.prosa.bench;

/// Something about Prosa that can be measured.
interface Measurement {

  /// The word that chooses it on the command line.
  String name();

  /// What it measures, in one line.
  String about();

  /// Whether `all` runs it, too.
  default boolean isPartOfAll() {
    return true;
  }

  /// Measures it, on servers of its own.
  ///
  /// @throws InterruptedException when the program is told to end
  Report run(Options options) throws InterruptedException;
}
