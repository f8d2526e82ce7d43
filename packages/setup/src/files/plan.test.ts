import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Plan } from "./plan.ts";

describe("a plan", () => {
  let root: string;
  let plan: Plan;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "countersign-plan-"));
    plan = new Plan({ root, commonDir: join(root, ".git") });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("shows a later part what an earlier one leaves", () => {
    writeFileSync(join(root, "a"), "1\n");
    plan.edit("a", "adds two", (text) => `${text}2\n`);
    plan.edit("a", "adds three", (text) => `${text}3\n`);
    plan.create("b", "makes b", "b\n");
    plan.remove("b", "takes b away");
    expect([plan.read("a"), plan.read("b")]).toEqual(["1\n2\n3\n", undefined]);
    expect(plan.steps()).toMatchObject([
      {
        kind: "write",
        reason: "adds two; adds three",
        hunks: [
          { removed: "", inserted: "2\n" },
          { removed: "", inserted: "3\n" },
        ],
      },
    ]);
  });

  it("holds no step for what stays as it is", () => {
    writeFileSync(join(root, "a"), "1\n");
    plan.edit("a", "", (text) => text);
    plan.create("a", "", "2\n");
    expect(plan.steps()).toEqual([]);
  });

  it("keeps bytes that are not UTF-8", () => {
    writeFileSync(join(root, "a"), Buffer.from([0xff, 0x0a]));
    plan.edit("a", "", (text) => `${text}b`);
    expect(plan.change("a").after?.bytes).toEqual(Buffer.from([0xff, 0x0a, 0x62]));
  });

  it.each<[what: string, act: (plan: Plan) => void]>([
    ["made", (plan) => plan.create("link", "", "x")],
    ["changed", (plan) => plan.edit("link", "", () => "x")],
    ["removed", (plan) => plan.remove("link", "")],
    ["opened", (plan) => plan.open("link")],
    ["made below", (plan) => plan.create("out/x", "", "x")],
    ["given a name", (plan) => plan.move("a", "link", "")],
  ])("refuses a link, where one is to be %s", (_, act) => {
    symlinkSync("nowhere", join(root, "link"));
    symlinkSync(tmpdir(), join(root, "out"));
    expect(() => act(plan)).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
  });

  it("takes a link to another folder of the work tree", () => {
    mkdirSync(join(root, "folder"));
    symlinkSync("folder", join(root, "link"));
    plan.create("link/x", "", "x");
    expect(plan.steps()).toHaveLength(1);
  });
});
