package dev.prosa.core.redrive;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.turn.FailureCode;
import java.util.Arrays;

/// Why a letter is there, in one sentence for a person.
final class Reason {

  private Reason() {}

  static String of(DeadLetter letter) {
    return switch (letter.errorCode()) {
      case DeadLetter.MALFORMED -> "The message is no poke, so nobody could serve it.";
      case DeadLetter.RECEIVE_LIMIT ->
          "SQS moved the poke here after too many receives: workers took it and did not come back.";
      default ->
          Arrays.stream(FailureCode.values())
              .filter(code -> code.code().equals(letter.errorCode()))
              .map(code -> of(code, letter.attempts()))
              .findFirst()
              .orElse("The job failed for a reason that this version does not know.");
    };
  }

  private static String of(FailureCode code, int attempts) {
    var times = attempts == 1 ? "1 attempt" : attempts + " attempts";
    return switch (code) {
      case PROVIDER_UNAVAILABLE ->
          "The model was away, overloaded or broke off; given up after " + times + ".";
      case PROVIDER_TIMEOUT -> "The model took too long; given up after " + times + ".";
      case PROVIDER_REJECTED -> "The model refused the request, so trying again was no use.";
      case CONTEXT_TOO_LONG -> "The conversation does not fit the model any more.";
      case CONTENT_FILTERED -> "The provider's filter refused the text.";
      case PROMPT_UNKNOWN -> "A worker's PROSA_PROMPTS lacks the prompt that the message names.";
      case ATTEMPTS_EXHAUSTED -> times + " began and none ended: a worker died or hung each time.";
      case DEADLINE_EXCEEDED ->
          "The deadline passed before a reply was there, after " + times + ".";
    };
  }
}
