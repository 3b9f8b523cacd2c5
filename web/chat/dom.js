/** Builds elements. Text only ever becomes text nodes, so nothing that is written can be markup. */

const SVG = "http://www.w3.org/2000/svg";
const ADDRESS = /https?:\/\/[^\s<>"']+/g;
const TRAILING = /[.,;:!?)\]]+$/;

/** Returns an element with attributes (`onclick` and the like are listeners) and children. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

/** Returns a 24 by 24 line icon. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Returns text as nodes, its http and https addresses as links that open beside the shop. */
export function withLinks(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    if (!URL.canParse(address)) continue;
    nodes.push(text.slice(end, match.index), linkTo(address));
    end = match.index + address.length;
  }
  return [...nodes, text.slice(end)];
}

function linkTo(address) {
  return make("a", { href: new URL(address).href, target: "_blank", rel: "noopener noreferrer" }, address);
}
