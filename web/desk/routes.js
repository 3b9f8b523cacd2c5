// Which part of the desk an address names: /desk, /desk/board, /desk/conversations/{id}.

import { useEffect, useState } from "./vendor/preact-htm-3.1.1.js";

const HOME = "/desk";
const BOARD = `${HOME}/board`;
const CONVERSATION = /^\/desk\/conversations\/([^/]+)$/;

export function routeOf(path) {
  const named = CONVERSATION.exec(path);
  if (named) return { view: "desk", open: decodeURIComponent(named[1]) };
  return { view: path === BOARD ? "board" : "desk", open: null };
}

export const pathOf = ({ view, open }) =>
  open ? `${HOME}/conversations/${encodeURIComponent(open)}` : view === "board" ? BOARD : HOME;

// What the board's history was last searched for, or null. It stands in the address behind the #,
// which no server is told.
export const searched = () => new URLSearchParams(location.hash.slice(1)).get("history");

export function remember(words) {
  history.replaceState(null, "", `${BOARD}#${new URLSearchParams({ history: words })}`);
}

// The route, and a function that goes to another one; Back and Forward work as everywhere.
export function useRoute() {
  const [route, setRoute] = useState(routeOf(location.pathname));
  useEffect(() => {
    const read = () => setRoute(routeOf(location.pathname));
    addEventListener("popstate", read);
    return () => removeEventListener("popstate", read);
  }, []);
  const go = (wanted) => {
    const path = pathOf(wanted);
    if (path !== location.pathname) history.pushState(null, "", path);
    setRoute(routeOf(path));
  };
  return [route, go];
}
