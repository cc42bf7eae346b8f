package dev.prosa.core.runtime;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/// Where the AWS services are: AWS itself, or a server that speaks their protocol.
///
/// @param region an AWS region; a server of one's own accepts any
/// @param endpoint null for AWS itself
public record AwsTarget(String region, @Nullable URI endpoint) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  /// Points a client builder here, with a limit to every wait.
  ///
  /// A loopback server gets made-up credentials, anything else the usual AWS credentials chain.
  ///
  /// @param attempt limit of one try
  /// @param call limit of a call with the retries of the AWS SDK
  public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
      B builder, Duration attempt, Duration call) {
    builder
        .region(Region.of(region))
        .overrideConfiguration(c -> c.apiCallAttemptTimeout(attempt).apiCallTimeout(call))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(attempt));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
      if (Settings.isOfThisMachine(endpoint)) {
        builder.credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
      }
    }
    return builder;
  }
}
