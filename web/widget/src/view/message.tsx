/** How one message looks. Text only ever becomes text nodes, so nothing that is written is markup. */

import { nameOf } from "../standing";
import { texts } from "../texts";
import type { Evidence, Item, ParcelCard } from "../types";
import { clock, linesBeside, linesOf, piecesOf } from "../words";
import { Parcel } from "./parcel";

interface Properties {
  item: Item;
  /** Is it the first in a row of the same sender? */
  first: boolean;
  retry: (key: string) => void;
}

export function Message({ item, first, retry }: Properties) {
  const parcels = (item.cards ?? []).filter((card) => card.kind === "parcel");
  return (
    <div class={`message ${item.sender}${first ? " first" : ""}${parcels.length > 0 ? " wide" : ""}`} data-key={item.key}>
      <div class="head">
        <span class={first && item.sender !== "system" ? "name" : "name unseen"}>{nameOf(item)}</span>
        {item.at && (
          <time class="time" dateTime={item.at}>
            {clock(item.at)}
          </time>
        )}
      </div>
      <div class="bubble">
        <Words text={item.text} parcels={parcels} />
      </div>
      <Checked sources={item.evidence ?? []} />
      <Delivery item={item} retry={retry} />
    </div>
  );
}

function Words({ text, parcels }: { text: string; parcels: ParcelCard[] }) {
  const lines = linesOf(text);
  if (parcels.length === 0) return <Lines lines={lines} />;
  return (
    <>
      {parcels.map((card) => (
        <Parcel key={card.position} card={card} />
      ))}
      <div class="beside">
        <Lines lines={linesBeside(lines, parcels)} />
      </div>
      <details>
        <summary>{texts.card.words}</summary>
        <Lines lines={lines} />
      </details>
    </>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <>
      {lines.map((line, index) => (
        <p key={index}>
          {piecesOf(line).map(({ text, href }) =>
            href ? (
              <a href={href} target="_blank" rel="noopener noreferrer">
                {text}
              </a>
            ) : (
              text
            ),
          )}
        </p>
      ))}
    </>
  );
}

/** Who said so, and when it was looked up. */
function Checked({ sources }: { sources: Evidence[] }) {
  if (sources.length === 0) return null;
  return (
    <p class="evidence">
      {texts.checked}
      {sources.map(({ source, at }, index) => (
        <>
          {index > 0 && " · "}
          <span>
            {source}, {clock(at)}
          </span>
        </>
      ))}
    </p>
  );
}

function Delivery({ item: { key, state }, retry }: Pick<Properties, "item" | "retry">) {
  if (state === "sending") return <div class="delivery">{texts.sending}</div>;
  if (state !== "failed") return null;
  return (
    <div class="delivery failed">
      {texts.notSent}{" "}
      <button type="button" class="again" onClick={() => retry(key)}>
        {texts.retry}
      </button>
    </div>
  );
}
