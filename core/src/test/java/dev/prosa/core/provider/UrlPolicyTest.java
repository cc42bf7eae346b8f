package dev.prosa.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPolicyTest {

  private static final List<HostRule> LISTED =
      Stream.of("llm.example.com", "*.models.example.org", "10.1.2.3", "xn--exmple-cua.com")
          .map(text -> Objects.requireNonNull(HostRule.parse(text)))
          .toList();

  private final UrlPolicy policy = UrlPolicy.of("eu-west-1", LISTED);

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1,https://api.openai.com/v1",
    "https://api.openai.com/v1/,https://api.openai.com/v1",
    "https://API.OpenAI.com/v1,https://API.OpenAI.com/v1",
    "https://api.openai.com:8443/v1,https://api.openai.com:8443/v1",
    "https://api.openai.com,https://api.openai.com",
    "https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1,"
        + "https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1",
    "http://localhost:11434/v1,http://localhost:11434/v1",
    "http://127.0.0.1:8080/w-1/v1.0,http://127.0.0.1:8080/w-1/v1.0",
    "http://127.200.0.9/v1,http://127.200.0.9/v1",
    "http://[::1]:11434/v1,http://[::1]:11434/v1",
    "https://localhost/v1,https://localhost/v1",
    "https://llm.example.com/v1,https://llm.example.com/v1",
    "https://a.models.example.org/v1,https://a.models.example.org/v1",
    "https://a.b.models.example.org/v1,https://a.b.models.example.org/v1",
    "https://10.1.2.3/v1,https://10.1.2.3/v1",
    "https://xn--exmple-cua.com/v1,https://xn--exmple-cua.com/v1"
  })
  void may_be_asked(String text, String url) throws UrlPolicy.Refusal {
    assertThat(policy.check(text)).hasToString(url);
  }

  @ParameterizedTest
  @EnumSource(ProviderPreset.class)
  void every_preset_may_be_asked(ProviderPreset preset) throws UrlPolicy.Refusal {
    var url = preset.baseUrl("eu-west-1");

    assertThat(policy.check(url.toString())).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // not https
        "http://api.openai.com/v1",
        "http://llm.example.com/v1",
        "http://10.1.2.3/v1",
        "ftp://api.openai.com/v1",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "jar:https://api.openai.com/v1",
        "HTTP://api.openai.com/v1",
        "//api.openai.com/v1",
        "api.openai.com/v1",
        "https:api.openai.com/v1",
        "https:///v1",
        "https://",
        // a host that nobody allowed
        "https://example.com/v1",
        "https://openai.com/v1",
        "https://x.api.openai.com/v1",
        "https://api.openai.com.example.com/v1",
        "https://api-openai.com/v1",
        "https://models.example.org/v1",
        "https://evilmodels.example.org/v1",
        "https://10.1.2.4/v1",
        "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1",
        // what the machine or its cloud answers
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/latest/meta-data",
        "https://169.254.170.2/v2/credentials",
        "https://metadata.google.internal/v1",
        "https://[fd00:ec2::254]/latest",
        "http://0.0.0.0/v1",
        "http://0/v1",
        "https://224.0.0.1/v1",
        "https://255.255.255.255/v1",
        "https://192.168.0.1/v1",
        // odd spellings of this machine
        "http://2130706433/v1",
        "http://0x7f000001/v1",
        "http://0x7f.0.0.1/v1",
        "http://0177.0.0.1/v1",
        "http://017700000001/v1",
        "http://127.1/v1",
        "http://127.0.1/v1",
        "http://127.0.0.01/v1",
        "http://127.0.0.256/v1",
        "http://127.0.0.1.5/v1",
        "http://127.0.0.1./v1",
        "http://localhost./v1",
        "http://a.localhost/v1",
        "http://localhost.localdomain/v1",
        "http://[::ffff:127.0.0.1]/v1",
        "http://[::ffff:7f00:1]/v1",
        "http://[0:0:0:0:0:0:0:1]/v1",
        "http://[::]/v1",
        "http://[::1%25lo]/v1",
        "http://[::127.0.0.1]/v1",
        "http://%6cocalhost/v1",
        "http://127%2e0.0.1/v1",
        // users, queries, fragments
        "https://key@api.openai.com/v1",
        "https://user:password@api.openai.com/v1",
        "https://@api.openai.com/v1",
        "https://api.openai.com@example.com/v1",
        "https://example.com@api.openai.com/v1",
        "https://api.openai.com/v1?key=1",
        "https://api.openai.com/v1?",
        "https://api.openai.com/v1#x",
        "https://api.openai.com#@example.com/v1",
        // what parsers disagree about
        "https://api.openai.com\\@example.com/v1",
        "https://example.com\\.api.openai.com/v1",
        "https://api.openai.com/v1\n",
        "https://api.openai.com/v1 x",
        "https://api.openai.com\t/v1",
        "https://api.openai.com./v1",
        "https://api..openai.com/v1",
        "https://api_openai.com/v1",
        "https://api.openai.com:/v1",
        "https://api.openai.com:0443/v1",
        "https://api.openai.com:0/v1",
        "https://api.openai.com:65536/v1",
        "https://api.openai.com:99999999999/v1",
        "https://api.openai.com:-1/v1",
        "https://api.openai.com/../v1",
        "https://api.openai.com/v1/..",
        "https://api.openai.com/./v1",
        "https://api.openai.com/%2e%2e/v1",
        "https://api.openai.com//v1",
        "https://api.openai.com/v1;x",
        // letters that look alike
        "https://api.opena\u0456.com/v1",
        "https://api.open\u0430i.com/v1",
        "https://api\u3002openai\u3002com/v1",
        "https://\uff41pi.openai.com/v1",
        "https://api.openai.com\u200b/v1",
        "http://\u2460\u2461\u2466.0.0.1/v1",
        "http://\u212aocalhost/v1",
        "https://api.xn--openi-xve.com/v1",
        "https://xn--exmple-cub.com/v1",
        "https://ex\u00e4mple.com/v1"
      })
  void may_not_be_asked(String text) {
    assertThatThrownBy(() -> policy.check(text)).isInstanceOf(UrlPolicy.Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*.com",
        "*.",
        ".example.com",
        "a.*.com",
        "*.*.com",
        "https://a.com",
        "a.com/v1",
        "a.com:443",
        "a b.com",
        "exämple.com",
        "169.254.169.254",
        "*.169.254",
        "0x7f.1",
        "127.1",
        "metadata.google.internal",
        "a.com.",
        "user@a.com",
        "-a.com",
        "[fd00::1]"
      })
  void is_no_rule(String text) {
    assertThat(HostRule.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:p@h/v1,https://***@h/v1",
    "HTTPS://u:p@h/v1,HTTPS://***@h/v1",
    "https://u:p?q#r@h/v1,https://***@h/v1",
    "https://h/v1?key=sk-1,https://h/v1?***",
    "https://h/v1#sk-1,https://h/v1?***",
    "sk-secret,***",
    "https://h/v1,https://h/v1"
  })
  void shows_nothing_that_may_be_secret(String text, String shown) {
    assertThat(UrlPolicy.shown(text)).isEqualTo(shown);
  }

  @Test
  void knows_this_machine() {
    assertThat(UrlPolicy.isLoopback(ProviderPreset.OLLAMA.baseUrl(""))).isTrue();
    assertThat(UrlPolicy.isLoopback(ProviderPreset.OPENAI.baseUrl(""))).isFalse();
  }
}
