import { Api } from "../../main/resources/web/prosa-client/api.js";
import * as client from "../../main/resources/web/prosa-client.js";
import { holds } from "./expect.js";

const documented = (name) => holds(new RegExp(`\`${name}\\b`).test(globalThis.clientDoc), `${name} is not in docs/client.md`);

export const tests = {
  "everything that is exported is documented": () => {
    for (const name of Object.keys(client)) documented(name === "ProsaClient" ? "new ProsaClient" : name);
  },

  "every method and property is documented": () => {
    for (const { prototype } of [client.ProsaClient, Api])
      for (const name of Object.getOwnPropertyNames(prototype)) if (name !== "constructor") documented(name);
  },

  "every field of an error is documented": () => {
    const error = new client.ProsaError(429, { code: "rate_limited", field: "content" }, 7);

    for (const name of Object.keys(error)) if (name !== "name") documented(name);
  },
};
