package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/// A pod whose service account has a role, with the libraries that the images have (Amazon EKS User
/// Guide, "IAM roles for service accounts"). ContainersTest says that all of them do.
class ServiceAccountRoleTest {

  private static final String ANSWER =
      """
      <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleWithWebIdentityResult>
          <Credentials>
            <AccessKeyId>ASIA-OF-THE-ROLE</AccessKeyId>
            <SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>session</SessionToken>
            <Expiration>2099-01-01T00:00:00Z</Expiration>
          </Credentials>
        </AssumeRoleWithWebIdentityResult>
      </AssumeRoleWithWebIdentityResponse>
      """;

  @Test
  void a_token_of_the_account_becomes_credentials_of_the_role(@TempDir Path folder)
      throws IOException {
    var token = Files.writeString(folder.resolve("token"), "token-of-the-pod");
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var sts = HttpServer.create(here, 0);
    sts.createContext("/", ServiceAccountRoleTest::answer);
    sts.start();
    var settings =
        Map.of(
            "aws.region",
            "us-east-1",
            "aws.endpointUrlSts",
            "http://127.0.0.1:" + sts.getAddress().getPort());
    settings.forEach(System::setProperty);

    try (var chain =
        WebIdentityTokenFileCredentialsProvider.builder()
            .roleArn("arn:aws:iam::000000000000:role/prosa-worker")
            .roleSessionName("worker")
            .webIdentityTokenFile(token)
            .build()) {
      assertThat(chain.resolveCredentials().accessKeyId()).isEqualTo("ASIA-OF-THE-ROLE");
    } finally {
      settings.keySet().forEach(System::clearProperty);
      sts.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var understood =
        asked.contains("Action=AssumeRoleWithWebIdentity")
            && asked.contains("WebIdentityToken=token-of-the-pod");
    var body = ANSWER.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(understood ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
