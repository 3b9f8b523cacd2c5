// What agents have begun to write, by conversation: a message and a private note, never one for the other.
// `step` is that of the procedure whose suggested reply the message began as.
// Kept in this tab alone, over a reload, until they sign out.

const KEY = "desk-drafts";
const NOTHING = { isNote: false, message: "", note: "", messageId: "", step: null };

export function draftOf(id) {
  return { ...NOTHING, ...all()[id] };
}

export function keepDraft(id, draft) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...all(), [id]: draft }));
}

export function forgetDrafts() {
  sessionStorage.removeItem(KEY);
}

function all() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
