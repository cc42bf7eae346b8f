package dev.prosa.core.runtime;

import java.math.BigInteger;
import java.security.SecureRandom;

/// 128 random bits as 26 characters of `0-9a-v`: an id that cannot be guessed.
///
/// Made when it is needed and never ahead of time, because a Lambda snapshot would hand the same
/// ids to every instance restored from it.
///
/// @param value 26 characters of `0-9a-v`
public record RandomId(String value) {

  /// A regular expression that matches exactly the values of this type.
  public static final String PATTERN = "[0-9a-v]{26}";

  private static final int BITS = 128;
  private static final int RADIX = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  public RandomId {
    if (!value.matches(PATTERN)) {
      throw new IllegalArgumentException("not a random id of 26 characters 0-9a-v");
    }
  }

  /// A new id; thread-safe.
  public static RandomId create() {
    var digits = new BigInteger(BITS, RANDOM).toString(RADIX);
    return new RandomId("0".repeat(26 - digits.length()) + digits);
  }
}
