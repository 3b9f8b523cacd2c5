/** One parcel, drawn: how it stands, the way it takes, the day it should come, who carries it. */

import { texts } from "../texts";
import type { ParcelCard } from "../types";
import { safeAddress } from "../words";
import { Icon } from "./icons";

const WORDS = texts.card;
const IN_STORE = "ready_to_collect";

export function Parcel({ card }: { card: ParcelCard }) {
  const { order_number: number, position, count, journey } = card;
  const link = safeAddress(card.carrier?.link ?? null);
  const mood = journey.needs_attention || card.expected?.overdue ? " attention" : "";
  return (
    <section class={`card${mood}`} aria-label={WORDS.label(number, position, count)}>
      <p class="of">
        <span>{WORDS.order(number)}</span>
        {count > 1 && <span>{WORDS.parcel(position, count)}</span>}
      </p>
      <p class="standing">
        <span class="sign">
          <Icon name={mood ? "alert" : journey.reached === journey.steps.length ? "tick" : "parcel"} />
        </span>
        {capitalised(card.status)}
      </p>
      <Steps {...journey} />
      <Expected card={card} />
      <Facts card={card} />
      {link && (
        <a class="follow" href={link} target="_blank" rel="noopener noreferrer">
          {WORDS.follow(card.carrier?.name ?? null)}
          <Icon name="out" />
        </a>
      )}
    </section>
  );
}

function Steps({ steps, reached }: ParcelCard["journey"]) {
  if (reached === 0) return null;
  return (
    <ol class="steps" aria-label={WORDS.journey(reached, steps.length)}>
      {steps.map((step, index) => {
        const how = index + 1 < reached ? "reached" : index + 1 === reached ? "here" : "toCome";
        return (
          <li key={step} class={how} aria-current={how === "here" ? "step" : undefined}>
            <span class="dot">{how === "reached" && <Icon name="tick" />}</span>
            <span>
              {WORDS.steps[step] ?? step}
              <span class="unseen">, {WORDS[how]}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** The day it should come is of no use any more once it is there. */
function Expected({ card: { expected, journey } }: { card: ParcelCard }) {
  if (!expected || journey.reached === journey.steps.length) return null;
  const collected = journey.steps.includes(IN_STORE);
  const words = expected.overdue ? WORDS.wasDue : collected ? WORDS.ready : WORDS.arrives;
  return (
    <p class="expected">
      <span class="quiet">{words}</span>
      <strong>{expected.spoken}</strong>
      <span class="quiet">{WORDS.told(expected.source)}</span>
    </p>
  );
}

function Facts({ card: { items, seller, carrier, store } }: { card: ParcelCard }) {
  const place = [store?.name, store?.address].filter(Boolean).join(", ");
  const facts = [
    [WORDS.items, items],
    [WORDS.seller, seller],
    [WORDS.store, place],
    [WORDS.hours, store?.hours],
    [WORDS.carrier, carrier?.name],
    [WORDS.number, carrier?.tracking_number],
  ].filter(([, fact]) => fact);
  if (facts.length === 0) return null;
  return (
    <dl>
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
