/** Requests of operators. A failure is a ProsaError, as on the chat page. */
import { Http } from "../prosa-client/http.js";
import { askForToken, authorization } from "../sign-in.js";

const server = (limitMillis) =>
  new Http({ baseUrl: "/v1/ops", headers: authorization, onUnauthorized: askForToken, limitMillis });

const figures = server(10_000);
const letters = server(30_000); // longer than the 20 s that the server gives itself for one request

const pathOf = (id) => `/letters/${encodeURIComponent(id)}`;

export const getOps = () => figures.get("");
export const getLetters = () => letters.get("/letters", { limit: 200 });
export const getPrompt = (id) => letters.get(pathOf(id), { prompt: true });
export const redrive = (id) => letters.post(`${pathOf(id)}/redrive`);
export const redriveSome = (step) => letters.post("/letters/redrive", step);
export const discard = (id) => letters.delete(pathOf(id));
