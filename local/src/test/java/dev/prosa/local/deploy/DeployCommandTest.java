package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `npx serverless deploy` and `remove` from the first call to the last, with `AWS_ENDPOINT_URL`
/// leading to a server that answers as an account does.
class DeployCommandTest {

  private final Template emulator = Template.ofEmulator("dev");

  @Test
  void deploys_everything_and_removes_it_again() throws IOException {
    try (var account = new HttpAccount()) {
      var deployed = Template.serverless(words("deploy"), account.environment());

      assertThat(deployed).contains("Service deployed to stack prosa-dev");
      assertThat(account.stack()).isEqualTo("UPDATE_COMPLETE");
      var template = new Template(JsonMapper.builder().build().readTree(account.template()));
      assertThat(template.functions()).containsOnlyKeys(emulator.functions().keySet());
      assertThat(account.bucket().values())
          .contains(Files.readAllBytes(Path.of("..", "ingest-lambda", "target", "lambda.zip")));

      var removed = Template.serverless(words("remove"), account.environment());

      assertThat(removed).contains("has been successfully removed");
      assertThat(account.stack()).isEqualTo("DELETE_COMPLETE");
      assertThat(account.bucket()).isEmpty();
    }
  }

  /// Two that package into the same folder would disturb each other.
  private static List<String> words(String command) {
    return List.of(command, "--stage", "dev");
  }
}
