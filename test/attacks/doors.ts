import type { ObjectId } from "@countersign/core";
import { FILE } from "../landings/files.ts";
import { policyOf, type Rules, World } from "../landings/world.ts";
import { refsOf } from "../rig/repository/refs.ts";
import { storeObjects } from "../rig/repository/store-objects.ts";
import { type PushWorld, readHookStatus } from "../rig/worlds/push-world.ts";
import { openReceiveWorld } from "../rig/worlds/receive-world.ts";

/** What branches ask for beside one senior: those of `c` two people, those of `h` a touch; on those of `m` merges vouch. */
const RULES: Rules = {
  protect: [
    "{ branches: [main, 't/**'] }",
    "{ branches: ['c/**'], cosign: { count: 2 } }",
    "{ branches: ['h/**'], cosign: { proof: hardware } }",
    "{ branches: ['m/**'], cosign: { coverage: merge } }",
  ].join(", "),
};

/** Tells in memory what became of a branch so far, and gives what is to be pushed to it. */
export type Story = (w: World) => ObjectId | Promise<ObjectId>;

/** A commit that is to be pushed to a branch of its own. */
export interface Placed {
  readonly branch: string;
  readonly stood: ObjectId;
  readonly tip: ObjectId;
}

/** What a door said. */
export interface Answer {
  readonly hook: number | undefined;
  /** What is wrong with each ref, in order and once; of a ref that is allowed nothing. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** The server's refs afterwards. */
  readonly refs: ReadonlyMap<string, string>;
}

/** A server with the hook and a clone with the hook, for stories that share one ledger. */
export class Doors implements Disposable {
  readonly w = new World({}, RULES);
  readonly #world: PushWorld = openReceiveWorld({ policy: policyOf(RULES) });

  constructor() {
    this.w.now = Math.floor(Date.now() / 1000);
  }

  async tell(branch: string, story: Story): Promise<Placed> {
    const { w } = this;
    w.branch = branch;
    // Each has files of its own, so that none is taken for another.
    const text = `${FILE}// ${branch}\n`;
    w.start = w.commit(undefined, { "a.txt": text, "b.txt": text }, "root\n");
    w.main = w.start;
    const tip = await story(w);
    return { branch, stood: w.main, tip };
  }

  /** What is wrong with a push, as it is told in memory. */
  async foresee({ branch, stood, tip }: Placed): Promise<readonly string[]> {
    this.w.branch = branch;
    this.w.main = stood;
    return [...new Set(await this.w.codes(tip))].sort();
  }

  /** Puts the branches and the ledger on the server as they stand. */
  open(placed: readonly Placed[]): void {
    const { dev, server } = this.#world;
    storeObjects(this.w.repository, dev.commonDir);
    const stand = [...placed.map(({ branch, stood }) => [branch, stood]), ["countersign/ledger", this.w.ledger]];
    const lines = stand.map(([name, oid]) => `create refs/remotes/origin/${name} ${oid}\n`);
    dev.git(["update-ref", "--stdin"], { input: lines.join("") });
    server.git(["fetch", "-q", dev.dir, ...stand.map(([name]) => `refs/remotes/origin/${name}:refs/heads/${name}`)]);
  }

  /** The push of a clone that has the hook, which asks the server for nothing but its refs. */
  askPrePush(placed: readonly Placed[]): Answer {
    const { dev, server } = this.#world;
    const { stderr } = dev.try(["push", "--dry-run", "origin", ...refspecs(placed)]);
    return { hook: readHookStatus(dev), codes: codesIn(stderr), refs: refsOf(server) };
  }

  /** The push of a clone without the hook to the server that has it. */
  push(placed: readonly Placed[]): Answer {
    const { hook, stderr, refs } = this.#world.push("origin", ...refspecs(placed));
    return { hook, codes: codesIn(stderr), refs };
  }

  [Symbol.dispose](): void {
    this.#world[Symbol.dispose]();
  }
}

function refspecs(placed: readonly Placed[]): readonly string[] {
  return placed.map(({ branch, tip }) => `${tip}:refs/heads/${branch}`);
}

function codesIn(said: string): ReadonlyMap<string, readonly string[]> {
  const parts = said.split(/^countersign: (?=(?:allowed|refused) refs\/heads\/)/m).slice(1);
  return new Map(
    parts.map((part) => {
      const [, branch = ""] = /^\w+ refs\/heads\/(\S+)/.exec(part) ?? [];
      return [branch, [...new Set(part.match(/^[A-Z_]+(?=: )/gm))].sort()];
    }),
  );
}
