/** Loads what few replies need, once, when the first of them needs it. */

const loads = new Map();

/** A classic script of this origin. */
export function script(src) {
  return once(src, () => Object.assign(document.createElement("script"), { src }));
}

/** A style sheet of this origin. */
export function stylesheet(href) {
  return once(href, () => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

function once(address, make) {
  if (!loads.has(address)) loads.set(address, load(address, make()));
  return loads.get(address);
}

function load(address, node) {
  return new Promise((resolve, reject) => {
    node.onload = resolve;
    node.onerror = () => {
      loads.delete(address); // the next reply that needs it tries again
      node.remove();
      reject(new Error(`${address} cannot be loaded`));
    };
    document.head.append(node);
  });
}
