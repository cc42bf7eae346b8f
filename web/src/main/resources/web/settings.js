/** Language and appearance, chosen in a dialog and kept in this browser; and the way out. */
import { byId } from "./dom.js";
import { language, speak } from "./texts.js";

const THEME_KEY = "prosa.theme";

/** @param {{isSignedIn: () => boolean, onSignOut: () => void}} page */
export function settings({ isSignedIn, onSignOut }) {
  const { dataset } = document.documentElement;
  byId("settings-button").addEventListener("click", () => {
    byId("language").value = language();
    byId("theme").value = dataset.theme;
    byId("signed-in").hidden = !isSignedIn();
    byId("settings").showModal();
  });
  byId("sign-out").addEventListener("click", () => {
    byId("sign-out").disabled = true;
    onSignOut();
  });
  byId("language").addEventListener("change", ({ target }) => speak(target.value));
  byId("theme").addEventListener("change", ({ target }) => {
    dataset.theme = target.value;
    try {
      localStorage.setItem(THEME_KEY, target.value);
    } catch {
      // forbidden: the choice lasts as long as the page
    }
  });
  for (const dialog of [byId("settings"), byId("keys")]) {
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  }
  byId("keys-button").addEventListener("click", () => byId("keys").showModal());
}
