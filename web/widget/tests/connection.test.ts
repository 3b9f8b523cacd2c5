import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Connection, type Listener } from "../src/connection";
import { type Arrival, GatewayError } from "../src/gateway";
import type { Message } from "../src/types";

const message = (position: number): Message => ({ position, message_id: `m${position}`, sender: "bot", text: "x", at: "" });
let connection: Connection | undefined;

/** A gateway whose log is `log`; `stream` says what each stream brings before it ends or fails. */
function connect(log: Message[], stream: (after: number, signal: AbortSignal) => AsyncGenerator<Arrival>) {
  const received: number[] = [];
  const listener = {
    after: () => received.at(-1) ?? 0,
    receive: (messages: Message[]) => {
      for (const { position } of messages) if (position > (received.at(-1) ?? 0)) received.push(position);
    },
    typing: vi.fn(),
    connected: vi.fn(),
    expired: vi.fn(),
  } satisfies Listener;
  const gateway = {
    messages: vi.fn(async (_: unknown, after: number) => log.filter(({ position }) => position > after)),
    events: vi.fn((_: unknown, after: number, signal: AbortSignal) => stream(after, signal)),
  };
  connection = new Connection(gateway, { id: "c", token: "t" }, listener);
  return { received, listener, gateway, connection };
}

const open = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => connection?.stop());

test("a stream that breaks is taken up again where it was, without loss or repeat", async () => {
  const log = [message(1)];
  const { received, gateway } = connect(log, async function* (after) {
    log.push(message(after + 1), message(after + 2));
    yield { message: message(after + 1) };
    throw new GatewayError("offline"); // the second is only in the log
  });

  await vi.advanceTimersByTimeAsync(4_000);

  expect(received.length).toBeGreaterThan(4);
  expect(received).toEqual(received.map((_, index) => index + 1));
  expect(gateway.events.mock.calls[1]?.[1]).toBeGreaterThan(gateway.events.mock.calls[0]?.[1] ?? 0);
});

test("where streams do not come through, it asks", async () => {
  const log: Message[] = [];
  const { received, gateway } = connect(log, async function* () {
    throw new GatewayError("offline");
  });
  await vi.advanceTimersByTimeAsync(5_000);
  log.push(message(1));
  await vi.advanceTimersByTimeAsync(2_500);

  expect(received).toEqual([1]);
  expect(gateway.events).toHaveBeenCalledTimes(2);
});

test("a stream that is held back on its way is found out and left", async () => {
  const log: Message[] = [];
  const { received, gateway, connection } = connect(log, async function* (_, signal) {
    await open(signal);
  });
  await vi.advanceTimersByTimeAsync(0);
  for (const position of [1, 2]) {
    const looking = connection.expectReply();
    log.push(message(position));
    await vi.advanceTimersByTimeAsync(3_100);
    await looking;
  }
  log.push(message(3));
  await vi.advanceTimersByTimeAsync(5_000);

  expect(received).toEqual([1, 2, 3]);
  expect(gateway.events).toHaveBeenCalledTimes(1);
});

test("an outage is told, and waiting ends as soon as the network is said to be back", async () => {
  const { listener, gateway, connection } = connect([], async function* (_, signal) {
    await open(signal);
  });
  gateway.messages.mockRejectedValue(new GatewayError("offline"));
  connection.stop();
  const second = new Connection(gateway, { id: "c", token: "t" }, listener);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(listener.connected).toHaveBeenLastCalledWith(false);
  const before = gateway.messages.mock.calls.length;

  gateway.messages.mockResolvedValue([]);
  second.hurry();
  await vi.advanceTimersByTimeAsync(0);

  expect(gateway.messages.mock.calls.length).toBe(before + 1);
  expect(listener.connected).toHaveBeenLastCalledWith(true);
  second.stop();
});

test("who is typing is passed on", async () => {
  const { listener } = connect([], async function* (_, signal) {
    yield { typing: { by: "agent", name: "Mia" } };
    await open(signal);
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(listener.typing).toHaveBeenCalledWith({ by: "agent", name: "Mia" });
});

test("a conversation that is over is told once and left alone", async () => {
  const { listener, gateway } = connect([], async function* () {
    throw new GatewayError("expired");
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(listener.expired).toHaveBeenCalledTimes(1);
  expect(gateway.events).toHaveBeenCalledTimes(1);
});
