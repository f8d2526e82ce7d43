import { rmSync } from "node:fs";
import { join } from "node:path";
import { judgePush, type ObjectId } from "@countersign/core";
import {
  branchRef,
  closeAfter,
  EXIT_CODES,
  findDestination,
  noticesOf,
  type Outcome,
  readInForce,
  violationsOf,
} from "@countersign/core/internal";
import { BACKENDS } from "../contract/backends.ts";
import { countersign } from "../rig/process/countersign.ts";
import { refLine, runPrePush } from "../rig/worlds/pre-push-hook.ts";
import { hookStatusFile, type PushWorld, readHookStatus } from "../rig/worlds/push-world.ts";
import { asSaid, installPreReceive } from "../rig/worlds/receive-world.ts";

/** What a door says: its exit status, and the codes of all that is wrong or to be known, in order and once each. */
export interface Answer {
  readonly status: number | undefined;
  readonly codes: readonly string[];
}

/** A commit that is to land on main, which stands at `old` on the server. */
export interface Arrival {
  readonly world: PushWorld;
  readonly old: string;
  readonly tip: string;
}

/** A place where work that is to land is judged. */
export interface Door {
  readonly name: string;
  /** Leaves server and clone as they were. */
  ask(arrival: Arrival): Answer | Promise<Answer>;
}

const MAIN = branchRef("main");

const prePush: Door = {
  name: "pre-push",
  ask({ world, old, tip }) {
    const { status, stderr } = runPrePush(world.dev, { url: world.server.dir, input: refLine(tip, MAIN, old) });
    return { status: status ?? undefined, codes: codesIn(stderr) };
  },
};

/** By a real push, so that the objects are in quarantine. */
const preReceive: Door = {
  name: "pre-receive",
  ask({ world: { dev, server }, old, tip }) {
    installPreReceive(server);
    const { stderr } = dev.try(["push", "--no-verify", "origin", `${tip}:${MAIN}`]);
    const status = readHookStatus(server);
    for (const file of [join(server.dir, "hooks/pre-receive"), hookStatusFile(server)]) rmSync(file);
    server.git(["update-ref", MAIN, old]);
    dev.git(["update-ref", "refs/remotes/origin/main", old]);
    return { status, codes: codesIn(asSaid(stderr)) };
  },
};

const checks = [
  { name: "check of a branch", options: [] },
  { name: "check of a pull request that is merged", options: ["--merge", "merge"] },
].map(
  ({ name, options }): Door => ({
    name,
    ask({ world: { dev }, tip }) {
      const args = ["check", tip, "--branch", "main", "--format", "json", ...options];
      const { status, stdout, stderr } = countersign(dev, args);
      // Where it is not known what to judge by, there is no report.
      if (stdout === "") return { status: status ?? undefined, codes: codesIn(stderr) };
      const { updates, fault } = JSON.parse(stdout);
      const found = updates.flatMap(({ violations, notices, faults }: (typeof updates)[number]) => [
        ...violations,
        ...notices,
        ...faults,
      ]);
      return { status: status ?? undefined, codes: inOrder([...found, ...(fault ? [fault] : [])]) };
    },
  }),
);

const libraries: readonly Door[] = BACKENDS.map(({ name, open }) => ({
  name: `the library over ${name}`,
  async ask({ world: { dev }, old, tip }) {
    const { outcome, updates } = await closeAfter(await open(dev), async (repository) => {
      const pushed = [{ ref: MAIN, old: old as ObjectId, new: tip as ObjectId }];
      const known = await findDestination(repository, { updates: pushed });
      const inForce = await readInForce(repository, known, pushed);
      return judgePush(repository, { updates: pushed, destination: known.destination, ...inForce });
    });
    const found = updates.flatMap((verdict) => [...violationsOf(verdict), ...noticesOf(verdict), ...verdict.faults]);
    return { status: EXIT_CODES[outcome], codes: inOrder(found) };
  },
}));

/** Asked on the server, where the work landed all the same. */
const audit: Door = {
  name: "audit",
  ask({ world: { dev, server }, old, tip }) {
    dev.git(["push", "-q", "--no-verify", "origin", `+${tip}:${MAIN}`]);
    const landed = dev.git(["rev-list", `${old}..${tip}`]).split("\n");
    const { status, stdout, stderr } = countersign(server, ["audit", "main", "--format", "json"]);
    server.git(["update-ref", MAIN, old]);
    dev.git(["update-ref", "refs/remotes/origin/main", old]);
    if (stdout === "") return { status: status ?? undefined, codes: codesIn(stderr) };
    // What stood there before came around the gate as well, in some cases.
    const found = JSON.parse(stdout).found.filter(({ commit }: { commit: string }) => landed.includes(commit));
    const outcomes: readonly Outcome[] = found.map(({ outcome }: { outcome: Outcome }) => outcome);
    const wrong = found.flatMap((each: (typeof found)[number]) => [
      ...each.violations,
      ...each.notices,
      ...each.faults,
    ]);
    return { status: Math.max(...outcomes.map((outcome) => EXIT_CODES[outcome]), 0), codes: inOrder(wrong) };
  },
};

/** Every door. One more is a line here, and every case goes through it. */
export const DOORS: readonly Door[] = [prePush, preReceive, ...checks, ...libraries, audit];

/** The codes that a report for people names. */
export function codesIn(text: string): readonly string[] {
  return inOrder((text.match(/^[A-Z]+(?:_[A-Z]+)+(?=:)/gm) ?? []).map((code) => ({ code })));
}

function inOrder(found: readonly { readonly code: string }[]): readonly string[] {
  return [...new Set(found.map(({ code }) => code))].sort();
}
