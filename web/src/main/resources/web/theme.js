// Before the first paint, so that nothing flashes: neither another appearance than the chosen one, nor
// the English of the HTML to those who read the page in another language. Not a module: those come later.
{
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // forbidden
    }
  };
  const { dataset } = document.documentElement;
  dataset.theme = kept("prosa.theme") ?? "system";
  const language = kept("prosa.language") ?? navigator.language;
  if (!language.startsWith("en")) dataset.words = "awaited"; // until texts.js has said them
}
