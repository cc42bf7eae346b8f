/** Asks for a token where the server wants one. It is this tab's, and gone when that is closed. */
import { byId } from "./dom.js";

const KEY = "prosa.token";

/** The headers of every request. */
export function authorization() {
  const token = sessionStorage.getItem(KEY);
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** Whether this tab has a token. */
export const isSignedIn = () => sessionStorage.getItem(KEY) !== null;

/** Forgets who used this tab, and what they wrote here; the page begins anew. */
export function forget() {
  sessionStorage.clear();
  location.replace(location.pathname); // without the name of a conversation
}

/** Asks; the page begins anew with the answer, since it may be another user's. */
export function askForToken() {
  const dialog = byId("sign-in");
  if (dialog.open) return;
  byId("sign-in-problem").hidden = !isSignedIn();
  byId("sign-in-form").onsubmit = () => {
    sessionStorage.setItem(KEY, byId("token").value.trim());
    location.reload();
  };
  dialog.oncancel = (event) => event.preventDefault(); // nothing can be done without
  dialog.showModal();
}
