/** How did it go? Five buttons, then room for a comment. */

import { useState } from "preact/hooks";

import { texts } from "../texts";

const WORDS = texts.rating;
const CHARACTERS = 1000;

interface Properties {
  /** The score that was given; 0 where none was. */
  rated: number;
  /** Hands the rating over; fails where it could not be taken. */
  rate: (score: number, comment?: string) => Promise<void>;
}

export function Rating({ rated, rate }: Properties) {
  const [comment, setComment] = useState("");
  const [told, setTold] = useState("");
  const [sent, setSent] = useState(false);

  const give = (score: number, words?: string) =>
    rate(score, words).then(
      () => {
        setTold(words ? WORDS.sent : "");
        setSent(Boolean(words));
      },
      () => setTold(WORDS.failed),
    );

  return (
    <div class="rating">
      {rated === 0 ? (
        <div class="scores" role="group" aria-label={WORDS.legend}>
          {WORDS.scores.map((word, index) => (
            <button key={word} type="button" aria-label={WORDS.score(index + 1, word)} onClick={() => give(index + 1)}>
              {index + 1}
            </button>
          ))}
          <span aria-hidden="true">{WORDS.scores[0]}</span>
          <span aria-hidden="true">{WORDS.scores.at(-1)}</span>
        </div>
      ) : (
        <p class="thanks">{WORDS.thanks(rated)}</p>
      )}
      {rated > 0 && !sent && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (comment.trim()) void give(rated, comment.trim());
          }}
        >
          <label>
            {WORDS.comment}
            <textarea rows={2} maxLength={CHARACTERS} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
          </label>
          <button type="submit" class="choice" disabled={!comment.trim()}>
            {WORDS.send}
          </button>
        </form>
      )}
      <p role="status">{told}</p>
    </div>
  );
}
