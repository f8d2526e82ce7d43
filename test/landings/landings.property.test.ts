import fs from "node:fs";
import { openGitRepository } from "@countersign/git/internal";
import { openIsomorphicRepository } from "@countersign/isomorphic/internal";
import fc from "fast-check";
import { expect, it } from "vitest";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { storeObjects } from "../rig/repository/store-objects.ts";
import { isAllowed } from "./allowed.ts";
import { type Grown, growLanding, type Landing, landings } from "./grow-landing.ts";
import { LineMerges } from "./line-merges.ts";

const SEED = Number(process.env["FAST_CHECK_SEED"] ?? 20261123);

/** What was grown, and how. */
interface Told extends Grown {
  readonly landing: Landing;
}

async function grow(count: number): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const landing of fc.sample(landings, { seed: SEED, numRuns: count })) {
    const grown = await growLanding(landing);
    if (grown) told.push({ ...grown, landing });
  }
  return told;
}

it("a landing passes where git merges the approved change to it under its lines, all of it, and nothing was taken out", async () => {
  using scratch = openScratch();
  const merges = new LineMerges();
  const told = await grow(250);
  for (const { w, tip, signed } of told) isAllowed(w, tip, signed, merges);
  merges.ask(scratch);
  const seen = new Map<string, number>();
  const differing: unknown[] = [];
  for (const { w, tip, signed, landing } of told) {
    const expected = landing.kind !== "again" && isAllowed(w, tip, signed, merges);
    const codes = await w.codes(tip);
    if ((codes.length === 0) !== expected) differing.push({ landing, codes, expected });
    const sort = `${landing.kind} ${expected ? "passes" : "refused"}`;
    seen.set(sort, (seen.get(sort) ?? 0) + 1);
  }
  expect(differing).toEqual([]);
  for (const sort of [
    "squash passes",
    "rebase passes",
    "merge passes",
    "half refused",
    "again refused",
    "evil refused",
  ]) {
    expect([sort, (seen.get(sort) ?? 0) > 2]).toEqual([sort, true]);
  }
});

it("git and isomorphic-git give the verdict that is given in memory", async () => {
  using scratch = openScratch();
  for (const [index, { w, tip, landing }] of (await grow(20)).entries()) {
    const expected = await w.codes(tip);
    const repo = initRepo(scratch, `r${index}`, ["--bare", `--object-format=${landing.format}`]);
    storeObjects(w.repository, repo.dir);
    const git = await openGitRepository(repo.dir, repo.env);
    expect(await w.codes(tip, { repository: git })).toEqual(expected);
    await git.close();
    if (landing.format === "sha256") continue;
    const isomorphic = await openIsomorphicRepository({ fs, gitdir: repo.dir });
    expect(await w.codes(tip, { repository: isomorphic })).toEqual(expected);
    await isomorphic.close();
  }
});
