import { Drafts } from "../../main/resources/web/drafts.js";
import { equal } from "./expect.js";

function memory() {
  const items = new Map();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, text) => items.set(key, text),
    removeItem: (key) => items.delete(key),
  };
}

const forbidden = () => {
  throw new Error("forbidden");
};

export const tests = {
  "every conversation has its own draft, also after a reload": () => {
    const storage = memory();
    const drafts = new Drafts(storage);

    drafts.put("a", "To a");
    drafts.put("b", "To b");
    drafts.put("a", "To a, again");

    for (const kept of [drafts, new Drafts(storage)])
      equal(["a", "b", "c"].map((id) => kept.of(id)), ["To a, again", "To b", ""]);
  },

  "what was sent leaves nothing behind": () => {
    const storage = memory();
    const drafts = new Drafts(storage);
    drafts.put("a", "Hi");

    drafts.put("a", "");

    equal([...storage.items], [["prosa.drafts", "[]"]]);
  },

  "a new conversation takes its draft along": () => {
    const drafts = new Drafts(memory());
    drafts.put("new", "And then?");

    drafts.move("new", "c");

    equal([drafts.of("new"), drafts.of("c")], ["", "And then?"]);
  },

  "the oldest drafts go when there are too many": () => {
    const storage = memory();
    const drafts = new Drafts(storage);

    for (let i = 0; i < 30; i++) drafts.put(`c${i}`, "Hi");

    equal([drafts.of("c9"), drafts.of("c10")], ["", "Hi"]);
    equal(storage.items.size, 21);
  },

  "a page without storage keeps drafts while it is open": () => {
    const drafts = new Drafts({ getItem: forbidden, setItem: forbidden, removeItem: forbidden });

    drafts.put("a", "Hi");

    equal(drafts.of("a"), "Hi");
  },
};
