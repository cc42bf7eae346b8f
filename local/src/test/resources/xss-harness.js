// Shows every payload as it arrives, one character more each time, with more to come and as if it
// had ended there, and says what went wrong.
const [payloads, done] = arguments;
const ACTIVE =
  "script, iframe, object, embed, style, link, form, input, textarea, img, video, audio, base, meta, " +
  "template, details, [style]:not(.katex-html *), [id], [name], [data-testid]:not(button), " +
  "a[href^='javascript' i], a[href^='data' i], a[href^='vbscript' i]";
const isHandler = ({ name }) => name.startsWith("on");

function wrong(container) {
  const active = container.querySelector(ACTIVE);
  if (active) return active.outerHTML;
  for (const node of container.querySelectorAll("*")) {
    if ([...node.attributes].some(isHandler)) return node.outerHTML;
  }
  return null;
}

async function run() {
  const { MarkdownView } = await import("/markdown.js");
  const found = [];
  let shown = 0;
  let current = "";
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    found.push(`policy: ${effectiveDirective} ${blockedURI} by ${current}`),
  );
  for (const payload of payloads) {
    current = payload;
    const container = document.createElement("div");
    container.className = "prose";
    document.getElementById("thread").append(container);
    const view = new MarkdownView(container);
    for (let length = 1; length <= payload.length; length++, shown++) {
      for (const growing of [true, false]) {
        view.show(payload.slice(0, length), growing);
        const bad = wrong(container);
        if (bad) found.push(`${payload} at ${length}: ${bad}`);
      }
    }
    await new Promise((wake) => setTimeout(wake, 5)); // what loads or runs later does so now
    const late = wrong(container);
    if (late) found.push(`${payload} later: ${late}`);
    container.remove();
  }
  if (window.__xss) found.push("it ran");
  return [shown, ...found];
}

run().then(done, (error) => done([0, String(error)]));
