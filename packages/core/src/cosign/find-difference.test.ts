import { expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import type { AuthorAddresses } from "../provenance/authors.ts";
import { findDifference } from "./find-difference.ts";
import { type Block, formatLines, type SignedHead, type SignedLines } from "./lines.ts";

const BASE = "5".repeat(40) as ObjectId;

/** What the line of the message says. */
const HEAD: SignedHead = {
  project: "acme",
  branches: [{ ref: "refs/heads/main", base: BASE }],
  cosigner: "ada@x",
  time: "2026-11-23T10:00:00Z",
};
const BLOCK: Block = {
  change: "c".repeat(64),
  paths: "d".repeat(64),
  parents: 1,
  otherParents: [],
  authors: ["bob@x"],
  dispute: "typed by hand",
};
const NAMED: AuthorAddresses = new Map([
  ["eve@x", "author"],
  ["mallory@x", "co-author"],
]);

/** A policy that protects branches of these names. */
function protecting(...patterns: readonly string[]) {
  const branches = patterns.map((pattern) => ({ pattern }));
  return { protect: [{ branches }] } as unknown as Parameters<typeof findDifference>[0];
}

/** What is found of a signature over this head and block, where the message makes it out to be over the above. */
function found(head: Partial<SignedHead>, block: Partial<Block> = {}, policy = protecting("main")): string | undefined {
  const signed = Buffer.from(formatLines({ head: { ...HEAD, ...head }, blocks: [{ ...BLOCK, ...block }] }));
  const isOver = (lines: SignedLines): boolean => signed.equals(formatLines(lines));
  return findDifference(policy, { lines: { head: HEAD, blocks: [BLOCK] }, authors: NAMED, isOver });
}

function onto(name: string): Partial<SignedHead> {
  return { branches: [{ ref: `refs/heads/${name}`, base: BASE }] };
}

it.each<[reason: string, head: Partial<SignedHead>, block?: Partial<Block>]>([
  ["it was signed without a project, and not for acme", { project: undefined }],
  ["its line names other authors than were signed", {}, { authors: ["eve@x", "mallory@x"] }],
  ["what was signed does not dispute the marks of AI", {}, { dispute: undefined }],
  [
    "it was signed before main existed, and its line names another base",
    { branches: [{ ref: "refs/heads/main", base: undefined }] },
  ],
])("is found where %s", (reason, head, block) => {
  expect(found(head, block)).toBe(reason);
});

it("names the protected branch that was signed for", () => {
  const policy = protecting("main", "main", "stable", "next");
  expect(found(onto("stable"), {}, policy)).toBe("it was signed for stable, and not for main");
  expect(found(onto("next"), {}, policy)).toBe("it was signed for next, and not for main");
});

it("tries five other branches and no more, since each costs a verification", () => {
  const policy = protecting("a", "b", "c", "d", "e", "f", "main");
  expect(found(onto("e"), {}, policy)).toBe("it was signed for e, and not for main");
  expect(found(onto("f"), {}, policy)).toBeUndefined();
});

it.each(["rel*", "rel?", "rel[1]", "rel\\x"])("tries no branch for the pattern %j, which names none", (pattern) => {
  const tried: string[] = [];
  findDifference(protecting(pattern), {
    lines: { head: HEAD, blocks: [BLOCK] },
    authors: NAMED,
    isOver: ({ head }) => tried.push(...head.branches.map(({ ref }) => ref)) < 0,
  });
  expect(new Set(tried)).toEqual(new Set(["refs/heads/main"]));
});

it("is nothing that could be named where the content is another, or two things are", () => {
  expect(found({}, { change: "e".repeat(64) })).toBeUndefined();
  expect(found({ project: undefined }, { dispute: undefined })).toBeUndefined();
});

it("says nothing of what the lines do not hold", () => {
  const { dispute: _, ...plain } = BLOCK;
  const head = { ...HEAD, project: undefined, branches: [{ ref: "refs/heads/main", base: undefined }] };
  const reasons = findDifference(protecting("main"), {
    lines: { head, blocks: [plain] },
    authors: new Map(),
    isOver: () => true,
  });
  expect(reasons).toBeUndefined();
});

it("is not looked for where there is no branch or no change", () => {
  const tried = { authors: NAMED, isOver: () => true };
  expect(findDifference(protecting("x"), { ...tried, lines: { head: HEAD, blocks: [] } })).toBeUndefined();
  const nowhere = { head: { ...HEAD, branches: [] }, blocks: [BLOCK] };
  expect(findDifference(protecting("x"), { ...tried, lines: nowhere })).toBeUndefined();
});
