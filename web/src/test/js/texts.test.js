import opsEn from "../../main/resources/web/ops/texts/en.js";
import opsPtBr from "../../main/resources/web/ops/texts/pt-br.js";
import chatEn from "../../main/resources/web/texts/en.js";
import chatPtBr from "../../main/resources/web/texts/pt-br.js";
import { preferred } from "../../main/resources/web/texts.js";
import { equal, holds } from "./expect.js";

const en = { ...chatEn, ...opsEn };
const ptBr = { ...chatPtBr, ...opsPtBr };

const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

/** The codes that docs/openapi.yaml names for the errors of requests. */
const problemCodes = () =>
  globalThis.openapi.match(/ ProblemCode:\n(?:.*\n)*? +enum:\n((?: +- \w+\n)+)/)[1].match(/\w+/g);

export const tests = {
  "every documented problem has words": () => {
    const codes = problemCodes();
    holds(codes.includes("queue_unavailable") && codes.length > 20, codes.join());
    for (const code of codes) holds(`problem.${code}` in en, code);
  },

  "every text exists in every language": () => {
    equal(Object.keys(chatPtBr).sort(), Object.keys(chatEn).sort());
    equal(Object.keys(opsPtBr).sort(), Object.keys(opsEn).sort());
  },

  "every text that the HTML of a page names exists and is the same in English": () => {
    const named = [...globalThis.html.matchAll(/data-t="([^"]+)"[^>]*>([^<]*)</g)];
    holds(named.length > 50, String(named.length));
    for (const [, key, words] of named) equal({ key, words: en[key] }, { key, words });
    for (const [, key] of globalThis.html.matchAll(/data-t-\w+="([^"]+)"/g)) holds(key in en, key);
  },

  "a text has the same places for values in every language": () => {
    for (const key of Object.keys(en)) {
      const [one, other] = [places(en[key]), places(ptBr[key])];
      // "1 reply" may be written out, so a count may be missing there
      if (!key.endsWith(".one")) equal({ key, places: other }, { key, places: one });
    }
  },

  "no text is empty or forgotten": () => {
    for (const [key, text] of Object.entries(ptBr)) {
      holds(text.trim() !== "", `${key} is empty`);
      const same = text === en[key] && text.length > 30;
      holds(!same, `${key} is not translated: ${text}`);
    }
  },

  "the first language that is spoken wins": () => {
    equal(preferred(["fr-FR", "pt-PT", "en"]), "pt-BR");
    equal(preferred(["en-GB", "pt-BR"]), "en");
    equal(preferred(["ja"]), "en");
    equal(preferred([]), "en");
  },
};
