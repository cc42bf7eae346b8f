package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reader sees and holds of a reply while it grows.
class ChatPageGrowingTest {

  private static final String RICH =
      """
      # Head with **bold** and `code`

      Text with **bold words**, *em*, ~~gone~~, `inline` and [a link](https://example.com/a_b).
      2 * 3 = 6 in snake_case.

      | name | value |
      |------|------:|
      | **a** | `1` |
      | [b](https://example.com) | 2 |

      List:
      - one **bold**
        - nested
      - [x] done

      1. first
      2. second

      > quoted **text**

      ```java
      var x = 1; // **
      ```

      The $a_1$ and the end.
      """;

  /// Shows a text as it arrives, and says which marks were seen and where it became less high.
  private static final String ARRIVE =
      """
      const [text, done] = arguments;
      const MARKS = /\\*\\*|~~|`|\\]\\(|\\| |\\[x\\]/;
      const view = async () => {
        const { MarkdownView } = await import("/markdown.js");
        const box = document.createElement("div");
        box.className = "prose";
        document.getElementById("thread").append(box);
        return { box, view: new MarkdownView(box) };
      };
      const words = (box) => {
        const copy = box.cloneNode(true);
        copy.querySelectorAll("pre, .formula, [class^=language-math]").forEach((n) => n.remove());
        return copy.textContent;
      };
      async function run() {
        const { box, view: growing } = await view();
        const seen = [];
        let height = 0;
        growing.show("```java\\n1\\n```\\n$a$", true); // so that colours and formulas are loaded
        while (!box.querySelector(".katex, .hljs-number")) await new Promise((w) => setTimeout(w, 20));
        for (let length = 1; length <= text.length; length++) {
          growing.show(text.slice(0, length), true);
          const end = text.slice(Math.max(0, length - 20), length);
          if (MARKS.test(words(box))) seen.push("a mark at: " + end);
          const now = box.getBoundingClientRect().height;
          if (length > 1 && now < height) seen.push(`${height} became ${now} at: ${end}`);
          height = now;
        }
        growing.show(text);
        const { box: other, view: whole } = await view();
        whole.show(text);
        if (box.innerHTML !== other.innerHTML) seen.push("it is not what it is at once: " + box.innerHTML);
        return seen;
      }
      run().then(done, (error) => done([String(error)]));
      """;

  /// Uses a block of code while it grows, and says what is left of that.
  private static final String USE =
      """
      const done = arguments[0];
      async function run() {
        const { MarkdownView } = await import("/markdown.js");
        const box = document.createElement("div");
        box.className = "prose";
        document.getElementById("thread").append(box);
        const view = new MarkdownView(box);
        let text = "Before\\n\\n```js\\nconst " + "x".repeat(500) + " = 1;\\n";
        view.show(text, true);
        while (!box.querySelector(".hljs-keyword")) await new Promise((w) => setTimeout(w, 20));
        const pre = box.querySelector("pre");
        pre.focus();
        pre.scrollLeft = 200;
        getSelection().selectAllChildren(box.querySelector(".hljs-keyword"));
        for (const more of ["let", " y = `a", "bc`;\\n", "return y;\\n``", "`\\n\\nAfter", " it"]) {
          view.show((text += more), true);
        }
        view.show(text);
        const words = [document.activeElement.tagName, pre.scrollLeft, getSelection()];
        return [...words, box.querySelectorAll(".hljs-keyword").length, box.lastElementChild.innerText];
      }
      run().then((what) => done(what.map(String)), (error) => done([String(error)]));
      """;

  @TempDir private static Path folder;
  private static ChatPageStage stage;

  @BeforeAll
  static void start() {
    stage = ChatPageStage.start(folder, Map.of());
    stage.open();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void no_mark_is_shown_before_it_means_something_and_nothing_jumps_back() {
    assertThat(answer(ARRIVE, RICH)).isEmpty();
  }

  @Test
  void code_that_grows_keeps_focus_selection_and_place() {
    assertThat(answer(USE)).isEqualTo(List.of("PRE", "200", "const", "3", "After it"));
  }

  private static List<?> answer(String script, Object... more) {
    return (List<?>) Objects.requireNonNull(stage.page().driver().executeAsyncScript(script, more));
  }
}
