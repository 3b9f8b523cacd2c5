// The desk's page: signing in, then three columns that stay up to date by themselves.

import { html, render, useEffect, useLayoutEffect, useRef, useState } from "./vendor/preact-htm-3.1.1.js";
import { get, listen, post, session, signIn, signOut, ways } from "./api.js";
import { Bundle } from "./bundle.js";
import { Composer } from "./composer.js";
import { HandlingDialog, Help } from "./dialogs.js";
import { Lists, inOrder, mineOf } from "./lists.js";
import { chime, titleFor } from "./notices.js";
import { useRoute } from "./routes.js";
import { Supervisor } from "./supervisor.js";
import { Transcript } from "./transcript.js";
import { OWNERS, channel } from "./words.js";

const EMPTY = { waiting: [], reserved: [], with_agents: [], snoozed: [], tickets: [], agents: [] };

function App() {
  const [me, setMe] = useState(undefined);
  useEffect(() => {
    ways()
      .then(({ signed_in }) => (signed_in ? session() : null))
      .then(setMe)
      .catch(() => setMe(null));
  }, []);
  if (me === undefined) return html`<p class="loading" role="status">Opening the desk…</p>`;
  if (me === null) return html`<${SignIn} onDone=${setMe} />`;
  return html`<${Desk} me=${me} onOut=${() => setMe(null)} />`;
}

function SignIn({ onDone }) {
  const failed = new URLSearchParams(location.search).has("failed");
  const [problem, setProblem] = useState(failed ? "Your company's sign-in did not work." : "");
  const [openid, setOpenid] = useState(false);
  useEffect(() => {
    ways().then((told) => setOpenid(told.openid)).catch(() => {});
  }, []);
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    setProblem("");
    await signIn(form.get("name"), form.get("password"))
      .then(onDone)
      .catch((error) => setProblem(error.message));
  };
  return html`<main class="sign-in" id="main">
    <form onSubmit=${submit}>
      <h1>Desk</h1>
      <p class="quiet">Sign in to help customers.</p>
      <label>User name <input name="name" autocomplete="username" required autofocus /></label>
      <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
      ${problem && html`<p class="warning" role="alert">${problem}</p>`}
      <button class="primary">Sign in</button>
      ${openid && html`<a class="button" href="/v1/desk/openid">Sign in with your company account</a>`}
    </form>
  </main>`;
}

function Desk({ me, onOut }) {
  const { person } = me;
  const id = person.agent_id;
  const [board, setBoard] = useState(EMPTY);
  const [{ view: wanted, open }, go] = useRoute();
  const view = person.role === "supervisor" ? wanted : "desk";
  const [pane, setPane] = useState(open ? "chat" : "lists");
  const [canned, setCanned] = useState([]);
  const [unread, setUnread] = useState(new Set());
  const [problem, setProblem] = useState("");
  const [live, setLive] = useState(true);
  const [help, setHelp] = useState(false);
  const [now, setNow] = useState(Date.now());
  const [hidden, setHidden] = useState(document.hidden);
  const before = useRef(null);
  const onError = (error) => (error.status === 401 ? onOut() : setProblem(error.message));
  useEffect(() => {
    get("canned").then(setCanned).catch(onError);
    const clock = setInterval(() => setNow(Date.now()), 1000);
    const stop = listen("events", {
      board: setBoard,
      "signed-out": onOut,
      open: () => setLive(true),
      error: (refused) => {
        setLive(false);
        if (refused) ways().then(({ signed_in }) => signed_in || onOut(), () => {});
      },
    });
    const seen = () => setHidden(document.hidden);
    addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("visibilitychange", seen);
      clearInterval(clock);
      stop();
    };
  }, []);
  useEffect(() => {
    if (!problem) return undefined;
    const gone = setTimeout(() => setProblem(""), 8000);
    return () => clearTimeout(gone);
  }, [problem]);
  useEffect(() => {
    const { offered, mine } = mineOf(board, id);
    const waits = (one) => one.waiting_since && (hidden || one.conversation_id !== open);
    const fresh = new Set(mine.filter(waits).map((one) => one.conversation_id));
    setUnread(fresh);
    const calls = [...offered.map((one) => one.conversation_id), ...fresh];
    if (before.current && calls.some((one) => !before.current.has(one))) chime();
    before.current = new Set(calls);
    document.title = titleFor(calls.length);
  }, [board, open, hidden]);
  const show = (conversation) => {
    go({ view: "desk", open: conversation });
    setPane("chat");
  };
  const meOnBoard = board.agents.find((one) => one.agent_id === id);
  const away = meOnBoard?.away ?? false;
  useLayoutEffect(() => {
    const keys = (event) => {
      if (event.key === "Escape") document.activeElement?.blur();
      if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "?") setHelp(true);
      if (event.key !== "j" && event.key !== "k") return;
      const ids = inOrder(board, id).map((one) => one.conversation_id);
      const at = ids.indexOf(open) + (event.key === "j" ? 1 : -1);
      if (ids.length) show(ids[(at + ids.length) % ids.length]);
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, [board, open]);
  return html`<div class=${`desk pane-${pane}`}>
    <header class="top">
      <a class="skip" href="#main">Skip to the conversation</a>
      <strong>Desk</strong>
      ${person.role === "supervisor" &&
      html`<div class="views">
        <button aria-pressed=${view === "desk"} onClick=${() => go({ view: "desk", open: null })}>Conversations</button>
        <button aria-pressed=${view === "board"} onClick=${() => go({ view: "board", open: null })}>Board</button>
      </div>`}
      <span class="grow"></span>
      ${!live && html`<span class="badge bad" role="status">Reconnecting…</span>`}
      <button class="help" onClick=${() => setHelp(true)} aria-label="Keyboard shortcuts">?</button>
      <button
        class=${away ? "" : "online"}
        aria-pressed=${!away}
        onClick=${() => post(`presence/${away ? "online" : "away"}`).catch(onError)}
      >
        ${away ? "Away" : "Online"}
      </button>
      <span class="zone">Melbourne time</span>
      <span class="me">${person.first_name}</span>
      <button onClick=${() => signOut().then(onOut, onError)}>Sign out</button>
    </header>
    ${problem && html`<p class="toast" role="alert">${problem}</p>`}
    ${view === "board"
      ? html`<${Supervisor} board=${board} now=${now} onOpen=${show} onError=${onError} />`
      : html`<div class="columns">
            <${Lists} board=${board} me=${id} open=${open} unread=${unread} now=${now} onOpen=${show} />
            ${open
              ? html`<${Conversation} key=${open} id=${open} me=${me} board=${board} canned=${canned} now=${now} onWrite=${() => setPane("chat")} onError=${onError} onGone=${() => go({ view: "desk", open: null })} />`
              : html`<main class="nothing" id="main"><h1>Ready when they are</h1><p class="quiet">Choose a conversation. Press ? for shortcuts.</p></main>`}
          </div>
          <nav class="tabs" aria-label="Parts">
            ${[["lists", "Queue"], ["chat", "Chat"], ["bundle", "Order"]].map(
              ([name, title]) => html`<button key=${name} class=${`tab-${name}`} aria-pressed=${pane === name} onClick=${() => setPane(name)}>${title}</button>`,
            )}
          </nav>`}
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}
  </div>`;
}

function Conversation({ id, me, board, canned, now, onWrite, onError, onGone }) {
  const mine = me.person.agent_id;
  const [detail, setDetail] = useState(null);
  const [entries, setEntries] = useState([]);
  const [standing, setStanding] = useState(null);
  const [typing, setTyping] = useState("");
  const [dialog, setDialog] = useState("");
  const [suggestion, setSuggestion] = useState(null);
  const [said, setSaid] = useState(null);
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    let quiet = 0;
    get(`conversations/${id}`)
      .then((told) => {
        if (gone) return;
        setDetail(told);
        setStanding(told);
        setEntries(told.entries);
        const after = told.entries.at(-1)?.position ?? 0;
        stop = listen(`conversations/${id}/events?after=${after}`, {
          message: (entry) => {
            setTyping("");
            setEntries((known) => (known.some((one) => one.position === entry.position) ? known : [...known, entry]));
          },
          standing: setStanding,
          typing: ({ by, name }) => {
            if (by === "agent" && name === me.person.first_name) return;
            clearTimeout(quiet);
            setTyping(by === "agent" ? name : "The customer");
            quiet = setTimeout(() => setTyping(""), 5000);
          },
        });
      })
      .catch((error) => {
        onError(error);
        onGone();
      });
    return () => {
      gone = true;
      stop();
    };
  }, []);
  const conversation = standing?.conversation;
  const isMine = conversation?.agent === mine && ["AGENT", "SNOOZED"].includes(conversation?.owner);
  const change = async (kind, body = {}) => {
    const row = await post(`conversations/${id}/${kind}`, body);
    setStanding((known) => ({ ...known, conversation: row }));
    setDialog("");
  };
  const act = (kind) => change(kind).catch(onError);
  const suggest = (one) => {
    setSuggestion(one);
    onWrite();
  };
  const take = () => act(conversation.owner === "RESERVED" && conversation.agent === mine ? "accept" : "take-over");
  // Not after the next frame: whoever sees the buttons may already press their keys.
  useLayoutEffect(() => {
    const keys = (event) => {
      if (!conversation || event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
      const does = {
        a: () => !isMine && conversation.owner !== "CLOSED" && take(),
        r: () => document.getElementById("composer")?.focus(),
        t: () => isMine && setDialog("transfer"),
        b: () => isMine && setDialog("give-back"),
        c: () => isMine && setDialog("close"),
        s: () => document.querySelector(".suggest")?.click(),
      }[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, [conversation, isMine]);
  if (!detail) return html`<main class="nothing" id="main"><p class="quiet" role="status">Opening…</p></main>`;
  const nameOf = (agent) => board.agents.find((one) => one.agent_id === agent)?.first_name ?? agent;
  const others = standing.looking.filter((one) => one !== mine).map(nameOf);
  return html`<main class="chat" id="main">
      <header class="chat-top">
        <div class="chat-title">
          <h1>${channel(conversation.channel)} <span class=${`badge ${conversation.owner.toLowerCase()}`}>${OWNERS[conversation.owner]}${conversation.agent_name ? `: ${conversation.agent_name}` : ""}</span></h1>
          ${others.length > 0 && html`<p class="looking">Also looking: ${others.join(", ")}</p>`}
        </div>
        <div class="chat-actions">
          ${!isMine && conversation.owner !== "CLOSED" && html`<button class="primary" onClick=${take}>${conversation.owner === "RESERVED" && conversation.agent === mine ? "Accept" : "Take over"}</button>`}
          ${isMine && html`<button onClick=${() => setDialog("transfer")}>Transfer</button>
            <button onClick=${() => setDialog("give-back")}>Give back</button>
            ${conversation.owner === "AGENT" ? html`<button onClick=${() => act("snooze")}>Snooze</button>` : html`<button onClick=${() => act("resume")}>Wake</button>`}
            <button onClick=${() => setDialog("close")}>Close</button>`}
        </div>
      </header>
      <${Transcript} id=${id} entries=${entries} notes=${standing.notes} typing=${typing} onError=${onError} />
      <${Composer} conversation=${conversation} me=${mine} entries=${entries} canned=${canned} suggestion=${suggestion} cents=${me.sms_segment_cents} now=${now} onSaid=${setSaid} onError=${onError} />
    </main>
    <aside class="side" aria-label="Bundle and procedure">
      <${Bundle} id=${id} detail=${detail} entries=${entries} conversation=${conversation} isMine=${isMine} said=${said} onSuggest=${suggest} onError=${onError} />
    </aside>
    ${dialog && html`<${HandlingDialog} kind=${dialog} agents=${board.agents} me=${mine} onClose=${() => setDialog("")} onDo=${change} onError=${onError} />`}`;
}

render(html`<${App} />`, document.getElementById("desk"));
