import { type Equivalent, FASTER } from "./equivalent.ts";

const FOR_TYPES = "it is always there, which the compiler does not know";
const TOGETHER = "how much is asked about at once changes no answer";
const DEFECT = "a defect approves nothing, and stands for no review";
const ROWS = "rows are shorter, and the same commits are behind each other";
const ONE_PARENT = "a commit with one parent brings nothing in by another";
const NOTHING_STOOD = "a merge has a first parent, and no commit reaches one that there is not";

export const JUDGE_RELATE: readonly Equivalent[] = [
  {
    file: "judge/relate/lineage.ts",
    code: "(children.get(parent) ?? 0) + 1",
    mutated: "(children.get(parent) ?? 0) - 1",
    why: ROWS,
  },
  {
    file: "judge/relate/lineage.ts",
    code: "children.get(parent) ?? 0",
    mutated: "children.get(parent) && 0",
    why: ROWS,
  },
  {
    file: "judge/relate/lineage.ts",
    code: "parents.size === 1 && only && children.get(only) === 1",
    mutated: "false",
    why: ROWS,
  },
  {
    file: "judge/relate/lineage.ts",
    code: "!before",
    mutated: "true",
    why: "within a row it is not asked what is behind",
  },
  { file: "judge/relate/lineage.ts", code: "row.behind", mutated: "false", why: FASTER },
  { file: "judge/relate/lineage.ts", code: "behind.has(next)", mutated: "false", why: FASTER },
  { file: "judge/relate/name-copies.ts", code: "!cases.some(isMismatched)", mutated: "false", why: FASTER },
  {
    file: "judge/relate/name-copies.ts",
    code: '"code" in result && result.code === "COSIGN_MISMATCH"',
    mutated: "true",
    why: FASTER,
  },
  {
    file: "judge/relate/name-copies.ts",
    code: '"code" in result && result.code === "COSIGN_MISMATCH"',
    mutated: '"code" in result || result.code === "COSIGN_MISMATCH"',
    why: FASTER,
  },
  { file: "judge/relate/name-copies.ts", code: 'result.code === "COSIGN_MISMATCH"', mutated: "true", why: FASTER },
  { file: "judge/relate/read-claims.ts", code: "!commit", mutated: "false", why: FOR_TYPES },
  { file: "judge/relate/read-claims.ts", code: "signatures.length > 0", mutated: "true", why: FASTER },
  {
    file: "judge/relate/read-claims.ts",
    code: "signatures.length > 0",
    mutated: "signatures.length >= 0",
    why: FASTER,
  },
  {
    file: "judge/relate/read-claims.ts",
    code: "{ own: [] }",
    mutated: "{}",
    why: "without a signature nobody compares what a merge does itself",
  },
  {
    file: "judge/relate/read-claims.ts",
    code: "[]",
    mutated: '["Stryker was here"]',
    why: "without a signature nobody compares what a merge does itself",
  },
  { file: "judge/relate/signed-claim.ts", code: '"code"', mutated: '""', why: DEFECT },
  {
    file: "judge/relate/spent/doings.ts",
    code: "commits.filter(({ parents }) => parents.length < 2)",
    mutated: "commits",
    why: FASTER,
  },
  { file: "judge/relate/spent/doings.ts", code: "parents.length < 2", mutated: "true", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "parents.length < 2", mutated: "parents.length <= 2", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "placed.length > 0", mutated: "true", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "placed.length > 0", mutated: "placed.length >= 0", why: FASTER },
  {
    file: "judge/relate/spent/doings.ts",
    code: "commits.filter(({ parents }) => parents.length > 1)",
    mutated: "commits",
    why: FASTER,
  },
  { file: "judge/relate/spent/doings.ts", code: "parents.length > 1", mutated: "true", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "parents.length > 1", mutated: "parents.length >= 1", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "[parent]", mutated: "[]", why: FASTER },
  {
    file: "judge/relate/spent/doings.ts",
    code: "changes.some(({ path }) => paths.has(pathKey(path)))",
    mutated: "true",
    why: FASTER,
  },
  {
    file: "judge/relate/spent/doings.ts",
    code: "merges.filter(({ oid }) => concerned.has(oid))",
    mutated: "merges",
    why: FASTER,
  },
  {
    file: "judge/relate/spent/spent.ts",
    code: "signed.filter(({ claim }) => lineage.order.some((oid) => !lineage.descends(oid, claim.bearer)))",
    mutated: "signed",
    why: FASTER,
  },
  { file: "judge/relate/spent/spent.ts", code: "asked.length === 0", mutated: "false", why: FASTER },
  { file: "judge/relate/vouching-merges.ts", code: "covered.length === 0", mutated: "false", why: FASTER },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "[...links].filter(([, parents]) => parents.length > 1)",
    mutated: "[...links]",
    why: ONE_PARENT,
  },
  { file: "judge/relate/vouching-merges.ts", code: "parents.length > 1", mutated: "true", why: ONE_PARENT },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "parents.length > 1",
    mutated: "parents.length >= 1",
    why: ONE_PARENT,
  },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "({ message }) => message.length",
    mutated: "() => undefined",
    why: TOGETHER,
  },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "[]",
    mutated: '["Stryker was here"]',
    why: "what names no merge vouches for no commit",
  },
  { file: "judge/relate/vouching-merges.ts", code: "claims.length === 0", mutated: "false", why: FASTER },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "stood === undefined || !first",
    mutated: "false",
    why: NOTHING_STOOD,
  },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "stood === undefined || !first",
    mutated: "stood === undefined && !first",
    why: NOTHING_STOOD,
  },
  { file: "judge/relate/vouching-merges.ts", code: "stood === undefined", mutated: "false", why: NOTHING_STOOD },
];
