/** Asks for a token where the server wants one. It is this tab's, and gone when that is closed. */
import { byId } from "./dom.js";

const KEY = "prosa.token";

/** The headers of every request. */
export function authorization() {
  const token = sessionStorage.getItem(KEY);
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** Asks; the page begins anew with the answer, since it may be another user's. */
export function askForToken() {
  const dialog = byId("sign-in");
  if (dialog.open) return;
  byId("sign-in-problem").hidden = sessionStorage.getItem(KEY) === null;
  byId("sign-in-form").onsubmit = () => {
    sessionStorage.setItem(KEY, byId("token").value.trim());
    location.reload();
  };
  dialog.oncancel = (event) => event.preventDefault(); // nothing can be done without
  dialog.showModal();
}
