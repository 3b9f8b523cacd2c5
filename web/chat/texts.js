/** Every word the chat itself says. What the assistant answers comes from the server. */

export const texts = {
  name: "Order assistant",
  kind: "Automated assistant",
  launcher: "Ask about an order",
  launcherUnread: (count) => `Ask about an order, ${count} new ${count === 1 ? "message" : "messages"}`,
  close: "Close the chat",
  startOver: "Start over",
  log: "Conversation",
  composer: "Your message",
  placeholder: "Type your message",
  send: "Send",
  senders: { bot: "Order assistant", customer: "You", agent: "Our team", system: "Notice" },
  greeting:
    "Hi! I'm an automated assistant. I can tell you where an order is, what its status means and " +
    "when each parcel should arrive, for Kmart, Target and Marketplace orders.\n\n" +
    "Ask in your own words. If you have them handy, add the order number and the email or phone " +
    "used at the checkout.",
  suggestions: ["Where is my order?", "What does my order's status mean?", "I have a tracking number"],
  checked: "Checked: ",
  waiting: "The assistant is looking that up",
  waitingLong: "This is taking longer than usual. Your message is safe and will be answered",
  sending: "Sending",
  notSent: "Not sent.",
  retry: "Try again",
  connecting: "Connecting again",
  newConversation: "The last conversation has ended, so this is a new one.",
  charactersLeft: (count) => `${count} characters left`,
  problems: {
    offline: "We can't reach the shop just now. Your message is kept and sent when the connection is back.",
    server: "Something went wrong on our side. Your message is kept; please try again.",
    expired: "This conversation has ended. Please start over.",
    refused: "That message could not be taken. Please change it and send it again.",
    signIn: "Your sign-in has expired.",
    busy: (seconds) => `That was a lot of messages at once. This one is sent in ${seconds} s.`,
  },
};
