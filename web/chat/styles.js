/** The chat's looks. A page changes them with `--order-assistant-accent` and `-on-accent`. */

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host {
  --accent: var(--order-assistant-accent, #0b5d5b);
  --on-accent: var(--order-assistant-on-accent, #ffffff);
  --surface: #ffffff;
  --ground: #f4f6f5;
  --bubble: #ffffff;
  --line: #dbe2df;
  --text: #17211f;
  --quiet: #55635f;
  --warn: #8a2a12;
  --warn-ground: #fdeee8;
  --shadow: 0 1px 2px rgb(14 40 38 / 12%), 0 18px 48px rgb(14 40 38 / 24%);
  color-scheme: light dark;
  font: 400 15px/1.5 Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  color: var(--text);
}
@media (prefers-color-scheme: dark) {
  :host {
    --accent: var(--order-assistant-accent-dark, #7fd1c4);
    --on-accent: var(--order-assistant-on-accent-dark, #06211f);
    --surface: #14201f;
    --ground: #0d1716;
    --bubble: #1c2b29;
    --line: #2f413e;
    --text: #e8efed;
    --quiet: #a3b4b0;
    --warn: #ffb9a3;
    --warn-ground: #3a1c14;
    --shadow: 0 18px 48px rgb(0 0 0 / 60%);
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; flex: none; }

.launcher {
  position: fixed; right: 24px; bottom: 24px; z-index: 2147483000;
  display: inline-flex; align-items: center; gap: 10px; padding: 14px 20px 14px 16px;
  border: 0; border-radius: 999px; background: var(--accent); color: var(--on-accent);
  font-weight: 600; box-shadow: var(--shadow); transition: transform .16s ease;
}
.launcher:hover { transform: translateY(-2px); }
.badge {
  min-width: 22px; padding: 0 6px; border-radius: 999px; background: #ffc83d; color: #1d1600;
  font-size: 13px; line-height: 22px; text-align: center;
}

.panel {
  position: fixed; right: 24px; bottom: 24px; z-index: 2147483000;
  display: flex; flex-direction: column; width: 408px; height: min(700px, calc(100dvh - 48px));
  overflow: hidden; border-radius: 18px; background: var(--surface); box-shadow: var(--shadow);
  animation: rise .18s ease-out;
}
@keyframes rise { from { opacity: 0; transform: translateY(14px); } }
header { display: flex; align-items: center; gap: 10px; padding: 14px 12px 14px 16px; border-bottom: 1px solid var(--line); }
.mark { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 12px; background: var(--accent); color: var(--on-accent); flex: none; }
.names { flex: 1; min-width: 0; }
h2, p { margin: 0; }
h2 { font-size: 16px; line-height: 1.3; font-weight: 650; }
.names p { color: var(--quiet); font-size: 13px; line-height: 1.35; }
.icon { display: grid; place-items: center; width: 40px; height: 40px; padding: 0; border: 0; border-radius: 10px; background: none; color: var(--quiet); }
.icon:hover { background: var(--ground); color: var(--text); }

.log {
  position: relative; flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain;
  padding: 16px; background: var(--ground); display: flex; flex-direction: column; gap: 4px;
}
.log:focus-visible { outline-offset: -3px; }
.message { position: relative; display: flex; flex-direction: column; align-items: flex-start; max-width: 88%; animation: appear .18s ease-out; }
.message.first:not(:first-child) { margin-top: 12px; }
@keyframes appear { from { opacity: 0; transform: translateY(6px); } }
.head { display: flex; gap: 8px; padding: 0 4px 2px; font-size: 12.5px; line-height: 1.4; color: var(--quiet); }
.message:not(.first) .head { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.name { font-weight: 600; }
.bubble {
  padding: 10px 14px; border: 1px solid var(--line); border-radius: 6px 16px 16px 16px;
  background: var(--bubble); white-space: pre-wrap; overflow-wrap: anywhere;
}
.bubble p + p { margin-top: 7px; }
.bubble a { color: inherit; text-underline-offset: 2px; text-decoration-color: var(--accent); text-decoration-thickness: 2px; }
.message.customer { align-self: flex-end; align-items: flex-end; }
.customer .bubble { border-color: transparent; border-radius: 16px 6px 16px 16px; background: var(--accent); color: var(--on-accent); }
.system { align-self: center; align-items: center; }
.system .bubble { border-style: dashed; background: none; color: var(--quiet); font-size: 14px; text-align: center; border-radius: 14px; }
.evidence { padding: 4px 4px 2px; font-size: 12.5px; line-height: 1.4; color: var(--quiet); }
.evidence span { display: inline-block; }
.evidence::before { content: ""; display: inline-block; width: 6px; height: 10px; margin: 0 7px 0 2px; border: solid var(--accent); border-width: 0 2px 2px 0; transform: rotate(45deg) translate(-1px, -1px); }
.delivery { padding: 2px 4px; font-size: 12.5px; color: var(--quiet); }
.delivery.failed { color: var(--warn); }
.again { padding: 0; border: 0; background: none; font-weight: 600; text-decoration: underline; }
.choices { display: flex; flex-wrap: wrap; gap: 8px; padding: 8px 0 2px; animation: appear .18s ease-out; }
.choice { padding: 8px 14px; border: 1.5px solid var(--accent); border-radius: 999px; background: var(--surface); color: var(--accent); font-weight: 600; font-size: 14px; line-height: 1.3; text-align: left; }
.choice:hover { background: var(--accent); color: var(--on-accent); }

.foot { border-top: 1px solid var(--line); background: var(--surface); }
.status { display: flex; align-items: center; gap: 8px; min-height: 0; padding: 0 16px; font-size: 13px; color: var(--quiet); }
.status:not(:empty) { padding-top: 10px; }
.dots { display: inline-flex; gap: 3px; }
.dots i { width: 6px; height: 6px; border-radius: 50%; background: var(--accent); animation: pulse 1.2s infinite ease-in-out; }
.dots i:nth-child(2) { animation-delay: .15s; }
.dots i:nth-child(3) { animation-delay: .3s; }
@keyframes pulse { 0%, 60%, 100% { opacity: .25; } 30% { opacity: 1; } }
.problem { margin: 10px 12px 0; padding: 8px 12px; border-radius: 10px; background: var(--warn-ground); color: var(--warn); font-size: 13.5px; }
.composer { display: flex; align-items: flex-end; gap: 8px; padding: 12px; margin: 0; }
.field { position: relative; flex: 1; min-width: 0; display: flex; }
textarea {
  width: 100%; min-height: 44px; max-height: 140px; padding: 10px 14px; resize: none;
  border: 1.5px solid var(--line); border-radius: 14px; background: var(--ground); font-size: 16px; line-height: 1.4;
}
textarea::placeholder { color: var(--quiet); opacity: 1; }
textarea:focus { outline: none; border-color: var(--accent); background: var(--surface); }
.left { position: absolute; right: 10px; bottom: 100%; padding: 2px 6px; border-radius: 6px; background: var(--surface); color: var(--quiet); font-size: 12px; }
.send { display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 14px; background: var(--accent); color: var(--on-accent); flex: none; }
.send:disabled { background: var(--line); color: var(--quiet); cursor: default; }

@media (max-width: 480px) {
  .panel { inset: 0; width: auto; height: 100dvh; border-radius: 0; }
  .launcher { right: 16px; bottom: 16px; }
  .message { max-width: 92%; }
}
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .bubble, .choice, .panel, .launcher { border: 1px solid; }
}
`);
