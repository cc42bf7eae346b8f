/** Requests of operators. A failure is a ProsaError, as on the chat page. */
import { ProsaError } from "../prosa-client/http.js";
import { askForToken, authorization } from "../sign-in.js";

const LONGEST_MILLIS = 10_000;
const LONGEST_WORK_MILLIS = 30_000; // a request that works for the 20 s the server gives it

async function request(method, path, body, longest = LONGEST_MILLIS) {
  const headers = { accept: "application/json", "content-type": "application/json", ...authorization() };
  const options = { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(longest) };
  const response = await fetch(`/v1/ops${path}`, options).catch(() => {
    throw new ProsaError(0, { code: "unreachable", detail: "The server does not answer." });
  });
  if (response.status === 401) askForToken();
  const answer = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (!response.ok) throw new ProsaError(response.status, answer);
  return answer;
}

const letter = (id) => `/letters/${encodeURIComponent(id)}`;

export const getOps = () => request("GET", "");
export const getLetters = () => request("GET", "/letters?limit=200", undefined, LONGEST_WORK_MILLIS);
export const getPrompt = (id) => request("GET", `${letter(id)}?prompt=true`, undefined, LONGEST_WORK_MILLIS);
export const redrive = (id) => request("POST", `${letter(id)}/redrive`, undefined, LONGEST_WORK_MILLIS);
export const redriveSome = (step) => request("POST", "/letters/redrive", step, LONGEST_WORK_MILLIS);
export const discard = (id) => request("DELETE", letter(id), undefined, LONGEST_WORK_MILLIS);
