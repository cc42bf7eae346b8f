package dev.prosa.worker.process;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What becomes of a turn in its first attempt, for every fault and every moment.
///
/// - `moments`: `before` the head of the answer, or after so many pieces of text.
/// - `kind` and `code`: what the failure is called; `-` when there is none.
/// - `alone`: what becomes of the turn when there is no other provider: it is over, or tried again
///   after a while, with one try less (`tried`) or not (`free`).
/// - `another`: the same with a second, sound provider: who answers and in which attempt.
/// - `calls`: how many requests reached the one that fails.
/// - `account`: the outcome of the call, and whether it is `free` or `estimated`.
/// - `breaker`: whether it `counts` as an error or makes the provider pause (`cools`).
final class FaultTable {

  private static final String CELLS =
      """
      fault               | moments  | kind          | code                 | alone     | another  | calls | account            | breaker
      REFUSED_CONNECTION  | before   | AWAY          | PROVIDER_UNAVAILABLE | 2 s free  | p-2 in 1 | 0     | FAILED free        | counts
      UNKNOWN_HOST        | before   | AWAY          | PROVIDER_UNAVAILABLE | 2 s free  | p-2 in 1 | 0     | FAILED free        | counts
      NOT_TLS             | before   | AWAY          | PROVIDER_UNAVAILABLE | 2 s free  | p-2 in 1 | 0     | FAILED free        | counts
      STATUS_307          | before   | MISCONFIGURED | PROVIDER_REJECTED    | failed    | p-2 in 1 | 1     | FAILED free        | -
      STATUS_400          | before   | REFUSED       | PROVIDER_REJECTED    | failed    | failed   | 1     | FAILED free        | -
      STATUS_400_TOO_LONG | before   | REFUSED       | CONTEXT_TOO_LONG     | failed    | failed   | 1     | FAILED free        | -
      STATUS_400_FILTER   | before   | REFUSED       | CONTENT_FILTERED     | failed    | failed   | 1     | FAILED free        | -
      STATUS_401          | before   | MISCONFIGURED | PROVIDER_REJECTED    | failed    | p-2 in 1 | 1     | FAILED free        | -
      STATUS_403          | before   | MISCONFIGURED | PROVIDER_REJECTED    | failed    | p-2 in 1 | 1     | FAILED free        | -
      STATUS_404          | before   | MISCONFIGURED | PROVIDER_REJECTED    | failed    | p-2 in 1 | 1     | FAILED free        | -
      STATUS_413          | before   | REFUSED       | CONTEXT_TOO_LONG     | failed    | failed   | 1     | FAILED free        | -
      STATUS_422          | before   | REFUSED       | PROVIDER_REJECTED    | failed    | failed   | 1     | FAILED free        | -
      STATUS_429          | before   | BUSY          | PROVIDER_UNAVAILABLE | 5 s free  | p-2 in 1 | 1     | FAILED free        | cools
      STATUS_429_SECONDS  | before   | BUSY          | PROVIDER_UNAVAILABLE | 7 s free  | p-2 in 1 | 1     | FAILED free        | cools
      STATUS_429_DATE     | before   | BUSY          | PROVIDER_UNAVAILABLE | 9 s free  | p-2 in 1 | 1     | FAILED free        | cools
      STATUS_429_QUOTA    | before   | BUSY          | PROVIDER_UNAVAILABLE | 60 s free | p-2 in 1 | 1     | FAILED free        | cools
      STATUS_500          | before   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      STATUS_502          | before   | AWAY          | PROVIDER_UNAVAILABLE | 2 s free  | p-2 in 1 | 1     | FAILED free        | counts
      STATUS_503          | before   | AWAY          | PROVIDER_UNAVAILABLE | 2 s free  | p-2 in 1 | 1     | FAILED free        | counts
      STATUS_503_SECONDS  | before   | AWAY          | PROVIDER_UNAVAILABLE | 7 s free  | p-2 in 1 | 1     | FAILED free        | counts, cools
      STATUS_504          | before   | AWAY          | PROVIDER_UNAVAILABLE | 2 s free  | p-2 in 1 | 1     | FAILED free        | counts
      STATUS_529          | before   | AWAY          | PROVIDER_UNAVAILABLE | 2 s free  | p-2 in 1 | 1     | FAILED free        | counts
      HTML                | before   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      EMPTY               | before   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      ERROR_SERVER        | 0        | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      ERROR_SERVER        | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      ERROR_OVERLOADED    | 0        | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      ERROR_OVERLOADED    | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      ERROR_RATE_LIMIT    | 0        | BUSY          | PROVIDER_UNAVAILABLE | 5 s free  | p-2 in 1 | 1     | FAILED free        | cools
      ERROR_RATE_LIMIT    | 1 5 50   | BUSY          | PROVIDER_UNAVAILABLE | 5 s tried | p-2 in 2 | 1     | FAILED estimated   | cools
      ERROR_TOO_LONG      | 0        | REFUSED       | CONTEXT_TOO_LONG     | failed    | failed   | 1     | FAILED free        | -
      ERROR_TOO_LONG      | 1 5 50   | REFUSED       | CONTEXT_TOO_LONG     | failed    | failed   | 1     | FAILED estimated   | -
      GARBAGE             | 0        | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      GARBAGE             | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      NO_FINISH           | 0        | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      NO_FINISH           | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      NEVER_CHOICES       | 0        | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      NEVER_CHOICES       | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      FILTERED            | 0        | REFUSED       | CONTENT_FILTERED     | failed    | failed   | 1     | FAILED free        | -
      FILTERED            | 1 5 50   | REFUSED       | CONTENT_FILTERED     | failed    | failed   | 1     | FAILED estimated   | -
      CUT                 | before 0 | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      CUT                 | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      CUT_IN_A_LINE       | 0        | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      CUT_IN_A_LINE       | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      ENDLESS_LINE        | 0        | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 1 | 1     | FAILED estimated   | counts
      ENDLESS_LINE        | 1 5 50   | BROKEN        | PROVIDER_UNAVAILABLE | 2 s tried | p-2 in 2 | 1     | FAILED estimated   | counts
      STALL               | before 0 | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 1 | 1     | ABORTED estimated  | counts
      STALL               | 1 5 50   | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 2 | 1     | ABORTED estimated  | counts
      BYTES_NOW_AND_THEN  | 0        | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 1 | 1     | ABORTED estimated  | counts
      BYTES_NOW_AND_THEN  | 1 50     | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 2 | 1     | ABORTED estimated  | counts
      PINGS               | 0        | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 1 | 1     | ABORTED estimated  | counts
      PINGS               | 1 50     | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 2 | 1     | ABORTED estimated  | counts
      EMPTY_TEXT          | 0        | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 1 | 1     | ABORTED estimated  | counts
      EMPTY_TEXT          | 1 50     | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 2 | 1     | ABORTED estimated  | counts
      NEVER_READY         | 1        | BROKEN        | PROVIDER_TIMEOUT     | 2 s tried | p-2 in 2 | 1     | ABORTED estimated  | counts
      ENDLESS_REPLY       | 0 5      | -             | -                    | completed | p-1 in 1 | 1     | ANSWERED estimated | -
      ODD_FIELDS          | 0 5      | -             | -                    | completed | p-1 in 1 | 1     | ANSWERED estimated | -
      """;

  private static final int BEFORE = -1;

  private FaultTable() {}

  /// One fault at one moment.
  ///
  /// @param tokens how many pieces of text come before it; -1 when not even the head does
  record Cell(
      Fault fault,
      int tokens,
      String kind,
      String code,
      String alone,
      String another,
      int calls,
      String account,
      String breaker) {

    boolean isAnswered() {
      return kind.equals("-");
    }

    boolean counts() {
      return breaker.contains("counts");
    }

    boolean cools() {
      return breaker.contains("cools");
    }

    @Override
    public String toString() {
      return fault + (tokens == BEFORE ? " before" : " after " + tokens);
    }
  }

  static Stream<Cell> cells() {
    return CELLS.lines().skip(1).flatMap(FaultTable::cellsOf);
  }

  private static Stream<Cell> cellsOf(String line) {
    var columns = List.of(line.strip().split(" *\\| *"));
    return Arrays.stream(columns.get(1).split(" "))
        .map(moment ->
            new Cell(
                Fault.valueOf(columns.get(0)),
                moment.equals("before") ? BEFORE : Integer.parseInt(moment),
                columns.get(2),
                columns.get(3),
                columns.get(4),
                columns.get(5),
                Integer.parseInt(columns.get(6)),
                columns.get(7),
                columns.get(8)));
  }
}
