import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import { pathKey } from "../../merge/merged-paths.ts";
import type { Change } from "../../object/change.ts";
import type { ObjectId } from "../../object/oid.ts";
import { findPartOf } from "./part-of.ts";

const change = (path: string, digit = "1"): Change => ({
  path: encodeText(path),
  oldMode: "100644",
  newMode: "100644",
  oldOid: "0".repeat(40) as ObjectId,
  newOid: digit.repeat(40) as ObjectId,
  status: "M",
});

const partOf = (approved: readonly Change[], landing: readonly Change[]) =>
  findPartOf(approved, landing, new Map(landing.map((each) => [pathKey(each.path), each])));

describe("what was approved of other paths", () => {
  it.each([
    ["fewer than land", ["a"], ["a", "b"], 1, "what lands also changes b"],
    ["more than land", ["a", "b", "c"], ["a", "b"], 2, "what it approved of c does not land"],
    [
      "some of what lands and others",
      ["a", "c"],
      ["a", "b"],
      1,
      "what lands also changes b, and what it approved of c does not land",
    ],
  ])("is named where it is %s", (_, approved, landing, common, reason) => {
    expect(
      partOf(
        approved.map((path) => change(path)),
        landing.map((path) => change(path)),
      ),
    ).toEqual({
      common,
      reason,
    });
  });

  it("is nothing where no path has the same change, or all of them are the same paths", () => {
    expect(partOf([change("a")], [change("b")])).toBeUndefined();
    expect(partOf([change("a", "2"), change("c")], [change("a"), change("b")])).toBeUndefined();
    expect(partOf([change("a")], [change("a")])).toBeUndefined();
  });
});
