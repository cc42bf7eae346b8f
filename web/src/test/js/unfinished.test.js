import { finished } from "../../main/resources/web/unfinished.js";
import { equal } from "./expect.js";

const of = (type) => (raw) => finished({ type, raw });
const paragraph = of("paragraph");

/** Compares what is shown for the texts on the left with those on the right. */
const compare = (show, texts) => {
  for (const [raw, shown] of Object.entries(texts)) equal({ raw, shown: show(raw) }, { raw, shown });
};

export const tests = {
  "open emphasis is closed": () =>
    compare(paragraph, {
      "a **bold wor": "a **bold wor**",
      "a **bold ": "a **bold**",
      "**bold*": "**bold**",
      "**bold**": "**bold**",
      "*a **b": "*a **b***",
      "***both": "***both***",
      "**a *b**": "**a *b***",
      "~~gone~": "~~gone~~",
      "_so": "_so_",
      "**[a](https://b.c/_d) e": "**[a](https://b.c/_d) e**",
    }),

  "a mark that begins nothing yet is not shown": () =>
    compare(paragraph, { "a **": "a", "a *": "a", "a `": "a", "a ~": "a", "a \\": "a " }),

  "what is no mark stays": () =>
    compare(paragraph, {
      "2 * 3 = 6": "2 * 3 = 6",
      "2*3 = 6": "2*3 = 6",
      "snake_case_name is": "snake_case_name is",
      "about ~5 of": "about ~5 of",
      "\\*not": "\\*not",
      "$a_1 *b$ is": "$a_1 *b$ is",
      "https://a.b/_c_d": "https://a.b/_c_d",
      "items [1, 2]": "items [1, 2]",
      "a[b": "a[b",
      "ends. ": "ends. ",
    }),

  "open code within a line is closed": () =>
    compare(paragraph, {
      "call `f(*a": "call `f(*a`",
      "**call `f": "**call `f`**",
      "``a ` b`": "``a ` b``",
      "a `b` **c": "a `b` **c**",
    }),

  "of a link only its words are shown until it has an address": () =>
    compare(paragraph, {
      "see [a li": "see a li",
      "see [a link]": "see a link",
      "see [a link](https://x": "see a link",
      "see [a link](https://x.y)": "see [a link](https://x.y)",
      "**see [a link](h": "**see a link**",
      "see ![a pic](http": "see ",
      "see ![a": "see ",
    }),

  "a table appears when it is one": () =>
    compare(paragraph, {
      "| a": "",
      "Text\n| a | b |": "Text",
      "| a | b |\n|--": "",
      "|x| is\nnot negative": "|x| is\nnot negative",
    }),

  "a table's last row is finished cell by cell": () =>
    compare(of("table"), {
      "| a | b |\n|---|---|": "| a | b |\n|---|---|",
      "| a | b |\n|---|---|\n|": "| a | b |\n|---|---|",
      "| a | b |\n|---|---|\n| **x": "| a | b |\n|---|---|\n| **x**",
      "| a | b |\n|---|---|\n| **x** | `y": "| a | b |\n|---|---|\n| **x** | `y`",
    }),

  "a line of marks waits for its words": () => {
    compare(paragraph, { "Text\n-": "Text", "Text\n``": "Text", "Text\n1.": "Text" });
    compare(of("list"), { "- a\n-": "- a", "- a\n- [x": "- a", "- a\n- [x] ": "- a", "- a\n- **b": "- a\n- **b**", "-": "" });
    compare(of("heading"), { "##": "", "Text\n--": "Text", "## a **b": "## a **b**" });
    compare(of("blockquote"), { "> a\n>": "> a", "> *b": "> *b*" });
  },

  "code is shown as it is, without half of its last fence": () => {
    compare(of("code"), {
      "```": "",
      "```ja": "",
      "```java\n": "```java\n",
      "```java\na **b": "```java\na **b",
      "```java\na\n``": "```java\na\n",
      "```java\na\n```": "```java\na\n```",
    });
    compare(of("list"), { "- a\n  ```\n  b **c": "- a\n  ```\n  b **c" });
  },
};
