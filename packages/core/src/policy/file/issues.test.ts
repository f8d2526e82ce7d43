import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { fields, flawless } from "./field-types.ts";
import { isUnknownKey, problemsOfIssue } from "./issues.ts";
import { formatPath } from "./problem.ts";

const NAME = v.pipe(
  v.string(),
  flawless((name) => (name === "ghost" ? "is nobody's name" : undefined)),
);
const ACCOUNT = v.union([NAME, fields({ login: NAME, id: v.optional(v.number()) })]);

/** What is said of a value that the schema does not take. */
function saidOf(schema: v.GenericSchema, value: unknown): readonly string[] {
  const { issues = [] } = v.safeParse(schema, value);
  return issues.flatMap(problemsOfIssue).map(({ path, text }) => `${formatPath(path)} ${text}`.trim());
}

describe("of a value of another type it is said what stands there and what was expected", () => {
  it.each<[schema: v.GenericSchema, value: unknown, said: string]>([
    [v.string(), 12, "is the number 12, not text; put it in quotes"],
    [v.string(), true, "is the boolean true, not text; put it in quotes"],
    [v.string(), null, "is empty, not text"],
    [v.string(), [], "is a list, not text"],
    [v.string(), {}, "is a group of fields, not text"],
    [v.number(), "12", 'is the text "12", not a number'],
    [v.number(), "x".repeat(40), `is the text "${"x".repeat(40)}", not a number`],
    [v.number(), "x".repeat(41), `is the text "${"x".repeat(40)}…", not a number`],
    [v.boolean(), "yes", 'is the text "yes", not true or false'],
    [v.array(v.string()), {}, "is a group of fields, not a list"],
    [v.picklist(["a", "b"]), "c", 'is the text "c", not a or b'],
    [v.picklist(["a", "b"]), undefined, "is empty, not a or b"],
    [v.literal(1), 2, "is the number 2, not 1"],
    [fields({ a: v.string(), b: v.string() }), 3, "is the number 3, not fields: a, b"],
    [ACCOUNT, 12, "is the number 12, not text or fields"],
    [ACCOUNT, null, "is empty, not text or fields"],
  ])("%# %j", (schema, value, said) => {
    expect(saidOf(schema, value)).toEqual([said]);
  });
});

describe("of a group of fields it is said", () => {
  const schema = fields({ a: v.optional(v.string()), inner: fields({ list: v.array(v.number()) }) });

  it.each<[what: string, value: unknown, said: readonly string[]]>([
    ["which of them is missing", {}, ["inner is missing"]],
    ["which of those within is missing", { inner: {} }, ["inner.list is missing"]],
    ["which is not known", { inner: { list: [] }, x: 1 }, ["x is not a known key"]],
    ["which of those within is not known", { inner: { list: [], y: 1 } }, ["inner.y is not a known key"]],
    ["which is empty", { a: null, inner: { list: [] } }, ["a is empty, not text"]],
    ["which is no group", { inner: "x" }, ['inner is the text "x", not fields: list']],
    [
      "which item is of another type",
      { inner: { list: [1, "2", 3, "4"] } },
      ['inner.list[1] is the text "2", not a number', 'inner.list[3] is the text "4", not a number'],
    ],
    [
      "everything that is wrong",
      { a: 1, inner: { list: {} } },
      ["a is the number 1, not text; put it in quotes", "inner.list is a group of fields, not a list"],
    ],
  ])("%s", (_, value, said) => {
    expect(saidOf(schema, value)).toEqual(said);
  });

  it("which key is not known, and nothing else is taken for one", () => {
    const unknown = (value: unknown) => v.safeParse(schema, value).issues?.map(isUnknownKey);
    expect(unknown({ inner: { list: [] }, x: 1 })).toEqual([true]);
    expect(unknown({})).toEqual([false]);
    expect(unknown({ inner: 3 })).toEqual([false]);
    expect(v.safeParse(v.never(), 3).issues?.map(isUnknownKey)).toEqual([false]);
  });
});

describe("of a value that may have two forms it is said what is wrong in the form that was meant", () => {
  const schema = fields({ accounts: v.array(ACCOUNT) });

  it.each<[value: unknown, said: readonly string[]]>([
    ["ghost", ["accounts[0] is nobody's name"]],
    [{ login: "ghost" }, ["accounts[0].login is nobody's name"]],
    [
      { login: 3, id: "x" },
      ["accounts[0].login is the number 3, not text; put it in quotes", 'accounts[0].id is the text "x", not a number'],
    ],
    [{ login: "ada", number: 3 }, ["accounts[0].number is not a known key"]],
    [{}, ["accounts[0].login is missing"]],
    [3, ["accounts[0] is the number 3, not text or fields"]],
    [[], ["accounts[0] is a list, not text or fields"]],
  ])("%j", (value, said) => {
    expect(saidOf(schema, { accounts: [value] })).toEqual(said);
  });
});
