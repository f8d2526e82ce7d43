import { CountersignError, parseObjectId, type UpdateVerdict } from "@countersign/core";
import { conclude } from "@countersign/core/internal";
import { expect, it } from "vitest";
import { formatUnenforced } from "./unenforced-text.ts";

const [OLD, NEW] = ["3d", "4c"].map((pair) => parseObjectId(pair.repeat(20)));
const FAULT = new CountersignError("POLICY_AMBIGUOUS", { source: "refs/heads/main", files: ["a", "b"] });

function update(ref: string, faults: UpdateVerdict["faults"] = []): UpdateVerdict {
  return {
    update: { ref, old: OLD as never, new: NEW as never },
    branch: undefined,
    mode: "enforce",
    commits: 0,
    assisted: 0,
    judged: [],
    violations: [],
    faults,
  };
}

function lines(updates: readonly UpdateVerdict[], doubtful: boolean): readonly string[] {
  return formatUnenforced({
    decision: conclude(undefined, updates),
    inForce: { policy: undefined, doubt: doubtful ? { fault: FAULT, mayProtect: () => true } : undefined },
    defaultBranch: "main",
    repository: "origin",
  });
}

it("names where it is doubtful which policy holds the refs that pass, and no refused one", () => {
  expect(lines([update("refs/heads/a"), update("refs/heads/b", [FAULT]), update("refs/tags/v1")], true)).toEqual([
    `${FAULT.code}: ${FAULT.what}`,
    "refs/heads/a is not judged, because nothing says that it is protected",
    "refs/tags/v1 is not judged, because nothing says that it is protected",
  ]);
  expect(lines([update("refs/heads/b", [FAULT])], true)).toEqual([]);
});

it("names few of thousands", () => {
  const updates = Array.from({ length: 3000 }, (_, number) => update(`refs/heads/topic-${number}`));
  expect(lines(updates, true)).toHaveLength(7);
  expect(lines(updates, true).at(-1)).toBe("nor are 2995 more refs");
});

it("says once that a repository has no policy, and of tags nothing", () => {
  expect(lines([update("refs/heads/a"), update("refs/heads/b")], false)).toEqual([
    "origin has no policy yet, so nothing is enforced",
  ]);
  expect(lines([update("refs/tags/v1")], false)).toEqual([]);
});
