/** Every word the chat itself says. What the assistant answers comes from the server. */

import type { ProblemKind, Sender } from "./types";

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

function placeInQueue(position: number | null): string {
  if (position === null) return "You're in the queue for a person";
  return position === 1 ? "You're next for a person" : `You're number ${position} in the queue for a person`;
}

export const texts = {
  name: "Order assistant",
  assistant: "Automated assistant",
  assistantWhileQueued: "Automated assistant, until a person joins",
  person: (name: string) => `You're talking with ${name}, a person`,
  ended: "This chat has ended",
  ourTeam: "Our team",
  fromOurTeam: (name: string) => `${name}, our team`,
  launcher: "Ask about an order",
  launcherUnread: (count: number) => `Ask about an order, ${many(count, "new message", "new messages")}`,
  close: "Close the chat",
  end: "End this chat",
  save: "Save this chat as text",
  startNew: "Start a new chat",
  log: "Conversation",
  composer: "Your message",
  placeholder: "Type your message",
  send: "Send",
  senders: { bot: "Order assistant", customer: "You", agent: "Our team", system: "Notice" } satisfies Record<Sender, string>,
  greeting:
    "Hi! I'm an automated assistant. I can tell you where an order is, what its status means and " +
    "when each parcel should arrive, for Kmart, Target and Marketplace orders.\n\n" +
    "Ask in your own words. If you have them handy, add the order number and the email or phone " +
    "used at the checkout.",
  suggestions: ["Where is my order?", "What does my order's status mean?", "I have a tracking number"],
  checked: "Checked: ",
  waiting: "The assistant is looking that up",
  waitingLong: "This is taking longer than usual. Your message is safe and will be answered",
  typing: (name: string) => `${name} is typing`,
  queue: (position: number | null, minutes: number | null) => {
    const place = placeInQueue(position);
    return minutes === null ? place : `${place}, about ${many(minutes, "minute", "minutes")}`;
  },
  sending: "Sending",
  notSent: "Not sent.",
  retry: "Try again",
  connecting: "Connecting again",
  newConversation: "The last conversation has ended, so this is a new one.",
  charactersLeft: (count: number) => `${count} characters left`,
  problems: {
    offline: "We can't reach the shop just now. Your message is kept and sent when the connection is back.",
    server: "Something went wrong on our side. Your message is kept; please try again.",
    expired: "This conversation has ended. Please start over.",
    refused: "That message could not be taken. Please change it and send it again.",
    signIn: "Your sign-in has expired.",
    busy: (seconds = 0) => `That was a lot of messages at once. This one is sent in ${seconds} s.`,
  } satisfies Record<ProblemKind, string | ((seconds?: number) => string)>,
  card: {
    order: (number: string) => `Order ${number}`,
    parcel: (position: number, count: number) => `Parcel ${position} of ${count}`,
    label: (number: string, position: number, count: number) =>
      count === 1 ? `Order ${number}` : `Order ${number}, parcel ${position} of ${count}`,
    journey: (reached: number, count: number) =>
      reached === 0 ? "Its steps" : `Step ${reached} of ${count}`,
    reached: "done",
    here: "it is here",
    toCome: "to come",
    arrives: "Should arrive by",
    arrivesBetween: "Should arrive between",
    ready: "Should be ready by",
    wasDue: "Was due by",
    told: (source: string) => `as told by ${source}`,
    items: "Items",
    seller: "Sold by",
    carrier: "Carrier",
    number: "Tracking number",
    store: "Collect from",
    hours: "Open",
    follow: (carrier: string | null) => (carrier ? `Follow it at ${carrier}` : "Follow it"),
    words: "The whole answer as text",
    steps: {
      received: "Received",
      picking: "Picking",
      shipped: "Shipped",
      out_for_delivery: "Out for delivery",
      delivered: "Delivered",
      ready_to_collect: "Ready to collect",
      collected: "Collected",
    } as Record<string, string>,
  },
  rating: {
    ask: "This chat has ended. How did we go? A rating helps us do better.",
    legend: "Your rating, from 1 to 5",
    scores: ["Very poor", "Poor", "Okay", "Good", "Very good"],
    score: (score: number, word: string) => `${score} of 5: ${word}`,
    thanks: (score: number) => `Thank you. You rated this chat ${score} of 5.`,
    comment: "Anything you'd like to add?",
    send: "Send comment",
    sent: "Thanks, we've noted that.",
    failed: "We couldn't take your rating just now. Please try again.",
  },
  transcript: {
    title: "Chat with the order assistant",
    file: (day: string) => `order-chat-${day}.txt`,
    saved: (at: string) => `Saved ${at}`,
    checked: (sources: string) => `Checked: ${sources}`,
  },
};
