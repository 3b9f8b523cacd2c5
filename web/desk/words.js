// Small words and times, the same everywhere on the page.

// Melbourne's, as everywhere at the desk: an agent abroad must not tell customers another day.
const timeZone = "Australia/Melbourne";
const DAY = new Intl.DateTimeFormat("en-AU", { weekday: "short", day: "numeric", month: "short", timeZone });
const TIME = new Intl.DateTimeFormat("en-AU", { hour: "numeric", minute: "2-digit", timeZone });
const DATE = new Intl.DateTimeFormat("en-AU", { dateStyle: "short", timeZone });

export const plain = (word) => (word ?? "").replaceAll("_", " ");
const CHANNELS = { sms: "SMS", whatsapp: "WhatsApp", messenger: "Messenger" };
export const channel = (name) => CHANNELS[name] ?? capital(name);

export const capital = (word) => plain(word).replace(/^./, (first) => first.toUpperCase());

export function at(moment) {
  if (!moment) return "";
  const date = new Date(moment);
  const today = DATE.format(date) === DATE.format(new Date());
  return today ? TIME.format(date) : `${DAY.format(date)}, ${TIME.format(date)}`;
}

export const day = (date) => (date ? DAY.format(new Date(`${date}T01:00Z`)) : "");

export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export const since = (moment, now) => span((now - new Date(moment).getTime()) / 1000);

export const OWNERS = {
  BOT: "Assistant",
  QUEUED: "Waiting",
  RESERVED: "Offered",
  AGENT: "With an agent",
  SNOOZED: "Asleep",
  TICKET: "Call-back",
  CLOSED: "Closed",
};
