// How many segments a text message takes. Source: 3GPP TS 23.038 section 6.2.1, TS 23.040 9.2.3.24.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("^{}\\[~]|€\f");

export function sizeOf(text) {
  const characters = [...text];
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
