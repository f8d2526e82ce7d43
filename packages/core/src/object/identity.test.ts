import { expect, it } from "vitest";
import { parseIdentity } from "./identity.ts";

/** What `git log --format='%an %ae'` shows for each, but that blanks inside of the angle brackets are dropped here. */
it.each<[line: string, name: string, email: string]>([
  ["A <a@x> 1 +0000", "A", "a@x"],
  ["A B  <a@x> 1 +0000", "A B", "a@x"],
  ["D <d@x> <senior@x> 1 +0000", "D", "d@x"],
  ["D <d@x>> 1 +0000", "D", "d@x"],
  ["<a@x> 1 +0000", "", "a@x"],
  [" <a@x> 1 +0000", "", "a@x"],
  ["A < a@x > 1 +0000", "A", "a@x"],
  ["A\t<a@x\t> 1 +0000", "A", "a@x"],
  ["A <> 1 +0000", "A", ""],
  ["A> <a@x> 1 +0000", "A>", "a@x"],
  ["A <a@x>1 +0000", "A", "a@x"],
  ["A <a@x>", "A", "a@x"],
  ["A <a b@x> 1 +0000", "A", "a b@x"],
  ["A <<a@x>> 1 +0000", "A", "<a@x"],
  ["A <a@x> 99999999999999999999999 +9999", "A", "a@x"],
  ["A <A@X> 1 +0000", "A", "A@X"],
  ["Ada \u00a0<a@x> 1 +0000", "Ada \u00a0", "a@x"],
])("reads %j as git does", (line, name, email) => {
  expect(parseIdentity(line)).toEqual({ name, email });
});

it.each(["A a@x 1 +0000", "A <a@x 1 +0000", "", "1 +0000"])("finds no address in %j", (line) => {
  expect(parseIdentity(line).email).toBe("");
});

it("keeps a name of 5,000 characters", () => {
  const name = "Ñ".repeat(5000);
  expect(parseIdentity(`${name} <a@x> 1 +0000`)).toEqual({ name, email: "a@x" });
});
