/** Remembers the conversation for as long as the tab is open, so that it survives a reload. */

import type { Identity, Outgoing } from "./types";

const KEY = "order-assistant";

export interface Kept {
  key: string;
  message: Outgoing;
  text: string;
}

/** What a reload must not lose. `rated` is the score given to this conversation. */
export interface Remembered {
  identity: Identity | null;
  customerToken: string;
  pending: Kept[];
  draft?: string;
  rated?: number;
  ended?: boolean;
}

export function remember(state: Remembered): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // A browser that keeps nothing still chats; only a reload forgets.
  }
}

/** Returns what was remembered, or null. */
export function recall(): Remembered | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}
