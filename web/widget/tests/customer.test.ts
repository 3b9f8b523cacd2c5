import { expect, test } from "vitest";

import { isSameCustomer } from "../src/customer";

const base64url = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const token = (claims: object) => `e30.${base64url(JSON.stringify(claims))}.signature`;

test("a newer token of the same customer is the same customer", () => {
  expect(isSameCustomer(token({ sub: "c-1", exp: 1, given_name: "Jo??>~~~" }), token({ sub: "c-1", exp: 2 }))).toBe(true);
  expect(isSameCustomer(token({ sub: "c-1" }), token({ sub: "c-2" }))).toBe(false);
});

test("signing in and out is a change, and what cannot be read is nobody in particular", () => {
  expect(isSameCustomer("", "")).toBe(true);
  expect(isSameCustomer("", token({ sub: "c-1" }))).toBe(false);
  expect(isSameCustomer(token({ sub: "c-1" }), "")).toBe(false);
  expect(isSameCustomer("no token", "another")).toBe(false);
  expect(isSameCustomer(token({}), token({ exp: 1 }))).toBe(false);
});
