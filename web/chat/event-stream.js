/** Reads Server-Sent Events from a fetch response, which (unlike EventSource) can carry a token. */

/**
 * Yields `{id, event, data}` for each event of the stream.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} onActivity called for whatever arrives, the server's keep-alive included
 */
export async function* readEvents(body, onActivity) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      onActivity();
      const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop();
      yield* blocks.map(parseEvent).filter((event) => event.data !== "");
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function parseEvent(block) {
  const event = { id: "", event: "message", data: "" };
  const data = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "id" || field === "event") event[field] = value;
  }
  return { ...event, data: data.join("\n") };
}
