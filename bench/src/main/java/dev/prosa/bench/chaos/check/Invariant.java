package dev.prosa.bench.chaos.check;

/// What must never happen, whatever is done to Prosa.
public enum Invariant {
  NOT_TERMINAL("accepted but not terminal by the deadline"),
  SECOND_REPLY("changed or second replies"),
  SCREEN_DIFFERS("screen text != stored text"),
  MIXED_TEXT("text not a prefix of one attempt"),
  SECOND_TURN("two turns for one idempotency key"),
  UNSEEN_TURN("a reply that had not seen an earlier final turn"),
  LETTER_WITHOUT_FAILURE("dead letter without FAILED"),
  FAILURE_WITHOUT_LETTER("FAILED without a dead letter"),
  FAILURE_UNTOLD("FAILED without an event at a client"),
  FOREIGN_EVENT("an event of another user"),
  REDRIVEN_IN_VAIN("redriven, and not completed by a sound model"),
  LEAK("leaked permits, leases, connections, threads, pokes"),
  LOG_LINE("unhandled log lines"),
  BAD_EXIT("processes that did not end with 0 when told to end"),
  NOT_DONE("planned blows that were not dealt");

  private final String words;

  Invariant(String words) {
    this.words = words;
  }

  /// For people.
  public String words() {
    return words;
  }
}
