/** Whose token it is. Pure; whether a token is genuine is the gateway's business. */

/** Says whether two tokens of the shop speak of the same customer, or both of nobody. */
export function isSameCustomer(one: string, other: string): boolean {
  return one === other || (subject(one) !== undefined && subject(one) === subject(other));
}

function subject(token: string): string | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))).sub;
  } catch {
    return undefined;
  }
}
