package dev.prosa.worker.llm;

import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.runtime.Clockwork;

/// Tells the rest of Prosa how the providers fare as this worker sees it: at once when something
/// changes, and every few seconds, because the board forgets.
public sealed interface ProviderNews extends AutoCloseable permits BoardPoster {

  /// Begins to tell.
  ///
  /// @param worker names this process
  static ProviderNews start(
      ProviderChain chain, ProviderBoard board, String worker, Clockwork clockwork) {
    var poster = new BoardPoster(chain, board, worker, clockwork);
    poster.start();
    return poster;
  }

  /// Says nothing more; the board forgets by itself.
  @Override
  void close();
}
