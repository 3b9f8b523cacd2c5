import { beforeEach, expect, test, vi } from "vitest";

import { GatewayError } from "../src/gateway";
import { Outbox, type Sending } from "../src/outbox";
import type { Identity, Outgoing, Problem } from "../src/types";

const identity: Identity = { id: "c", token: "t" };

function outbox(answers: (GatewayError | null)[] = []) {
  const sent: Outgoing[] = [];
  const problems: (Problem | null | undefined)[] = [];
  const sending: Sending = {
    open: async () => identity,
    send: async (_, message) => {
      sent.push(message);
      const failure = answers.shift();
      if (failure) throw failure;
    },
    delivered: vi.fn(),
    expired: vi.fn(),
    signInExpired: vi.fn(),
    changed: (problem) => problems.push(problem),
  };
  return { box: new Outbox(sending), sending, sent, problems };
}

beforeEach(() => {
  vi.useFakeTimers();
});

test("messages go out in the order they were written, and stay until the log has them", async () => {
  const { box, sent } = outbox();
  box.add({ text: "one" });
  box.add({ choice: { id: "q-1", title: "Yes" } });
  box.add({ choice: { title: "Where is my order?" } });
  await vi.advanceTimersByTimeAsync(0);

  expect(sent.map(({ text, quick_reply }) => text ?? quick_reply)).toEqual(["one", "q-1", "Where is my order?"]);
  expect(box.items.map(({ text }) => text)).toEqual(["one", "Yes", "Where is my order?"]);
  for (const { key } of box.items) box.drop(key);
  expect(box.items).toEqual([]);
});

test("what could not be sent goes again under the same id", async () => {
  const { box, sent } = outbox([new GatewayError("offline"), null]);
  box.add({ text: "hello" });
  await vi.advanceTimersByTimeAsync(0);
  expect(box.items[0]?.state).toBe("failed");

  await vi.advanceTimersByTimeAsync(5_000);

  expect(sent.map(({ client_message_id: id }) => id)).toEqual([box.items[0]?.key, box.items[0]?.key]);
});

test("too many at once are counted down and then sent", async () => {
  const { box, sent, problems } = outbox([new GatewayError("busy", 2), null]);
  box.add({ text: "hello" });
  await vi.advanceTimersByTimeAsync(0);
  expect(problems.at(-1)).toEqual({ kind: "busy", seconds: 2 });

  await vi.advanceTimersByTimeAsync(1_900);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent).toHaveLength(2);
});

test("a refused message waits for the customer, with the gateway's own sentence", async () => {
  const { box, sent, problems } = outbox([new GatewayError("refused", 0, "Too long.")]);
  box.add({ text: "hello" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(problems.at(-1)).toEqual({ kind: "refused", detail: "Too long." });
  expect(sent).toHaveLength(1);

  box.retry(box.items[0]?.key ?? "");
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toHaveLength(2);
});

test("a conversation that is over is told of, not tried again", async () => {
  const { box, sending } = outbox([new GatewayError("expired")]);
  box.add({ text: "hello" });
  await vi.advanceTimersByTimeAsync(0);
  expect(sending.expired).toHaveBeenCalledWith(identity);
});

test("what was on its way before a reload is sent after it", async () => {
  const { box, sent } = outbox();
  box.restore([{ key: "k", message: { client_message_id: "k", text: "hello" }, text: "hello" }]);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([{ client_message_id: "k", text: "hello" }]);
});
