import { expect, test } from "vitest";

import { readEvents } from "../src/event-stream";

async function eventsOf(...chunks: string[]) {
  const bytes = new TextEncoder().encode(chunks.join("\u0000"));
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index <= bytes.length; index += 1) {
    if (index < bytes.length && bytes[index] !== 0) continue;
    parts.push(bytes.slice(start, index));
    start = index + 1;
  }
  let activity = 0;
  const found = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  for await (const event of readEvents(body, () => (activity += 1))) found.push(event);
  return { found, activity };
}

test("events are put together however the network cuts them", async () => {
  const { found } = await eventsOf("id: 7\nevent: mess", "age\ndata: {\"a\"", ":1}\n", "\nid: 8\r\ndata: x\r\n\r\n");
  expect(found).toEqual([
    { id: "7", event: "message", data: '{"a":1}' },
    { id: "8", event: "message", data: "x" },
  ]);
});

test("keep-alives are no events and yet a sign of life", async () => {
  const { found, activity } = await eventsOf(": open\n\n", ": keep-alive\n\n");
  expect([found, activity]).toEqual([[], 2]);
});

test("what was cut off in the middle is left out: it comes again with the next stream", async () => {
  expect((await eventsOf("id: 1\ndata: a\n\nid: 2\ndata: b\n")).found.map(({ id }) => id)).toEqual(["1"]);
});
