package dev.prosa.worker.llm;

import dev.prosa.core.provider.KeyOrigin;
import dev.prosa.core.runtime.AwsTarget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What the two stores of AWS have in common.
final class StoredKey {

  /// Both answer within a fraction of this; a start or an attempt must not hang on them.
  static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(2), Duration.ofSeconds(5));

  private static final String NO_ANSWER =
      "its store did not answer, or no AWS credentials are here";

  private StoredKey() {}

  /// The key in what was stored, which may end with a line break.
  static ApiKey of(@Nullable String stored) throws KeyUnreadableException {
    var key = stored == null ? "" : stored.strip();
    if (!KeyOrigin.isKey(key)) {
      throw new KeyUnreadableException("what is stored there is no key", null);
    }
    return new ApiKey(key);
  }

  /// Only the kind of the failure is told.
  static KeyUnreadableException unreadable(SdkException e) {
    var code =
        e instanceof AwsServiceException service && service.awsErrorDetails() != null
            ? service.awsErrorDetails().errorCode()
            : null;
    return new KeyUnreadableException(code == null ? NO_ANSWER : code, e);
  }
}
