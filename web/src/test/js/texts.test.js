import en from "../../main/resources/web/texts/en.js";
import ptBr from "../../main/resources/web/texts/pt-br.js";
import { preferred } from "../../main/resources/web/texts.js";
import { equal, holds } from "./expect.js";

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
    equal(Object.keys(ptBr).sort(), Object.keys(en).sort());
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
