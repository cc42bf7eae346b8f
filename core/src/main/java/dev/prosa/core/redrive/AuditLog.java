package dev.prosa.core.redrive;

/// Keeps who did what with which dead letter.
@FunctionalInterface
public interface AuditLog {

  /// Notes one action. When this throws, the action happened all the same.
  void note(Entry entry);

  /// One action. It never carries user text.
  ///
  /// @param action `redrive`, `discard` or `show_prompt`
  /// @param id the job id, or the message id where there is no job
  /// @param outcome a stable word: a [RedriveOutcome#code()], `discarded`, `shown`, `not_found` or
  ///   `error`
  /// @param attempt the attempt of the turn after the action; 0 when that is not known
  record Entry(String action, String id, String outcome, int attempt) {}
}
