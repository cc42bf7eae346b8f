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

  /// How long a service may take.
  ///
  /// @param attempt limit of one try; more than zero
  /// @param call limit of a call with the retries of the AWS SDK; not less than `attempt`
  public record Patience(Duration attempt, Duration call) {}

  /// Points a client builder here, with a limit to every wait.
  ///
  /// A loopback server gets made-up credentials, anything else the usual AWS credentials chain.
  public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
      B builder, Patience patience) {
    builder
        .region(Region.of(region))
        .overrideConfiguration(
            c -> c.apiCallAttemptTimeout(patience.attempt()).apiCallTimeout(patience.call()))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(min(CONNECT_TIMEOUT, patience.attempt()))
                .socketTimeout(patience.attempt()));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
      if (Settings.isOfThisMachine(endpoint)) {
        builder.credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
      }
    }
    return builder;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
