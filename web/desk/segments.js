// How many segments a text message takes. Source: 3GPP TS 23.038 section 6.2.1, TS 23.040 9.2.3.24.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("^{}\\[~]|€\f");

// What becomes plain on the way out, as in support/sms/segments.py.
const PLAIN = {
  "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
  "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2026": "...", "\u00a0": " ", "\u202f": " ",
  "\u2009": " ", "\u2022": "-", "\u00d7": "x", "\t": " ", "`": "'", "\u00b4": "'",
};

// `author` stands before what agents write.
export function sizeOf(text, author = "") {
  const written = author ? `${author}: ${text}` : text;
  const characters = [...written].flatMap((one) => [...(PLAIN[one] ?? one)]);
  const gsm = characters.every((one) => BASIC.has(one) || EXTENDED.has(one));
  const widths = characters.map((one) => (gsm ? (EXTENDED.has(one) ? 2 : 1) : one.length));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const alone = gsm ? 160 : 70;
  const joined = gsm ? 153 : 67;
  if (units <= alone) return { encoding: gsm ? "GSM-7" : "UCS-2", units, segments: 1, room: alone };
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > joined) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return { encoding: gsm ? "GSM-7" : "UCS-2", units, segments, room: segments * joined };
}
