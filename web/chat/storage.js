/** Remembers the conversation for as long as the tab is open, so that it survives a reload. */

const KEY = "order-assistant";

export function remember(state) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // A browser that keeps nothing still chats; only a reload forgets.
  }
}

/** Returns what was remembered, or null. */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}
