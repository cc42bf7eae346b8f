package dev.prosa.ingest.http;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.prosa.core.runtime.RandomId;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a handler can know of its surroundings when it does not run on Lambda.
final class HttpLambdaContext implements Context {

  private static final Logger LOG = LoggerFactory.getLogger(HttpLambdaContext.class);
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int MEMORY_MB = 512;

  private final String function;
  private final BooleanSupplier stopping;
  private final String requestId = RandomId.create().value();

  /// @param stopping whether whoever waits shall come to an end
  HttpLambdaContext(String function, BooleanSupplier stopping) {
    this.function = function;
    this.stopping = stopping;
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "local";
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return function;
  }

  @Override
  public String getFunctionVersion() {
    return "local";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "local:" + function;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return stopping.getAsBoolean() ? 0 : TIMEOUT_MILLIS;
  }

  @Override
  public int getMemoryLimitInMB() {
    return MEMORY_MB;
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        LOG.info(message);
      }

      @Override
      public void log(byte[] message) {
        LOG.info("{} bytes", message.length);
      }
    };
  }
}
