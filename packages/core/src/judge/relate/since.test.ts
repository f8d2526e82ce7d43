import { expect, it } from "vitest";
import { History } from "../history.fixture.ts";
import { readSince } from "./since.ts";

it("what a branch did not have for a signer are the commits behind where it stood, each with its parents", async () => {
  const history = new History();
  const base = history.make("Base\n");
  const one = history.make("One\n", { parents: [base] });
  const two = history.make("Two\n", { parents: [one, base] });
  const since = async (...range: [tips: readonly (typeof base)[], exclude: readonly (typeof base)[]]) =>
    Object.fromEntries(await readSince(history, { tips: range[0], exclude: range[1] }));
  expect(await since([two], [base])).toEqual({ [two]: [one, base], [one]: [base] });
  expect(await since([two, base], [base, one])).toEqual({ [two]: [one, base] });
  const asked = Object.assign(new History(), {
    commits: () => {
      throw new Error("nothing is asked");
    },
  });
  expect(await readSince(asked, { tips: [base], exclude: [base] })).toEqual(new Map());
});
