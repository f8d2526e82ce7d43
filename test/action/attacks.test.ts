import { describe, expect, it } from "vitest";
import { LEDGER, pushUpload } from "../cosign/clones.ts";
import { cosign } from "../cosign/terminal-session.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { land, squash } from "./buttons.ts";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { queueEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, CONTEXT, COSIGNED, openPull, proposeHead, TYPED } from "./pulls.ts";

const POLICY = "countersign.config.yaml";
/** A squash by the button would lose what stands in messages. */
const NO_SQUASH = { allow_squash_merge: false };
const SIGN = `Co-signed-by: Ada Lovelace <ada@acme.example>\n`;

async function openTyped(rules = TYPED): Promise<GateWorld> {
  const world = await openGateWorld(rules);
  Object.assign(world.github.settings, NO_SQUASH);
  return world;
}

/** The policy that is in force, with a change. */
function policyOf({ server }: GateWorld, change: (text: string) => string = (text) => text): string {
  return change(`${server.git(["cat-file", "blob", `refs/heads/main:${POLICY}`])}\n`);
}

/** Something lands on main, by a push that nothing judges. */
function landOn({ dev }: GateWorld, files: Readonly<Record<string, string | null>>, branch = "main"): string {
  dev.git(["switch", "-q", "--detach", `origin/${branch}`]);
  const commit = dev.commit("Something lands\n", { files });
  dev.git(["push", "-q", "--no-verify", "origin", `HEAD:refs/heads/${branch}`]);
  dev.git(["fetch", "-q", "origin"]);
  return commit;
}

/** Has a pull request judged, and gives its verdict with the codes that were found. */
async function verdictOn(
  world: GateWorld,
  number: number,
  context = CONTEXT,
): Promise<readonly (string | undefined)[]> {
  const { stdout, status } = await world.judge(number, "opened");
  const codes = [...stdout.matchAll(/title=([A-Z_]+)::/g)].map(([, code]) => code);
  const state = world.github.verdictOn(world.github.headOf(number))[context];
  expect(status === 0).toBe(state === "success");
  return [state, ...new Set(codes)];
}

const BOB_SENIOR = (text: string): string => text.replace("level: mid", "level: principal");

describe("a pull request that would replace the policy it is judged by", () => {
  it("is judged by the policy of the default branch, though both moved on, and answers for what merging it would change", async () => {
    await using world = await openTyped();
    const { dev } = world;
    const before = dev.oid("origin/main");
    const mergeOf = (policy: string | null): string => {
      // What the author chooses as the first parent has no policy, or the one that is brought in.
      const tree = (files: Readonly<Record<string, string | null>>): string => {
        dev.git(["switch", "-q", "--detach", before]);
        dev.commit("Scratch\n", { files });
        return dev.oid("HEAD^{tree}");
      };
      const changed = tree({ [POLICY]: policy });
      const root = dev.git([
        "commit-tree",
        "-m",
        "Scratch",
        policy === null ? dev.git(["mktree"], { input: "" }) : changed,
      ]);
      return dev.git(["commit-tree", "-m", "Merge main", "-p", root, "-p", before, changed]);
    };
    const propose = (number: number, head: string): void => {
      dev.git(["switch", "-q", "--detach", head]);
      proposeHead(world, number);
    };
    propose(1, mergeOf(null));
    propose(2, mergeOf(policyOf(world, BOB_SENIOR)));
    openPull(world, 3, ["Configure\n"], { files: { ".countersignrc": policyOf(world, BOB_SENIOR) } });
    openPull(world, 4, ["Rename\n"], {
      files: { [POLICY]: null, "countersign.config.yml": policyOf(world, BOB_SENIOR) },
    });
    dev.git(["switch", "-q", "--detach", before]);
    dev.write({ "real.yaml": policyOf(world) });
    const link = dev.git(["hash-object", "-w", "--stdin"], { input: "real.yaml" });
    dev.git(["update-index", "--cacheinfo", `120000,${link},${POLICY}`]);
    dev.git(["commit", "-q", "--no-verify", "-m", "Link"]);
    proposeHead(world, 5);
    dev.git(["reset", "-q", "--hard", before]);
    dev.git(["update-index", "--cacheinfo", `160000,${before},${POLICY}`]);
    dev.git(["commit", "-q", "--no-verify", "-m", "Submodule"]);
    proposeHead(world, 6);
    dev.git(["reset", "-q", "--hard", before]);
    openPull(
      world,
      7,
      ["Promote me\n", COSIGNED.replace(SIGN.trim(), "Co-signed-by: Bob Builder <bob@acme.example>")],
      {
        from: before,
        files: { [POLICY]: policyOf(world, BOB_SENIOR).replace("proof: declared", "proof: declared, self: true") },
      },
    );
    landOn(world, { "moved.txt": "on\n" });

    expect(await verdictOn(world, 1)).toEqual(["failure", "POLICY_REMOVED"]);
    for (const number of [2, 3, 4, 5, 6, 7]) {
      const [state, ...codes] = await verdictOn(world, number);
      expect({ number, state, policy: codes.some((code) => /^(?:POLICY|COSIGN)_/.test(code ?? "")) }).toEqual({
        number,
        state: "failure",
        policy: true,
      });
    }

    // Honest work: a merge of main that leaves the policy alone, and a change of it that a senior speaks for.
    openPull(world, 8, [BY_HAND], { from: before });
    dev.git(["merge", "-q", "--no-edit", "origin/main"]);
    proposeHead(world, 8);
    expect(await verdictOn(world, 8)).toEqual(["success"]);
    openPull(world, 9, [`Promote Bob\n\n${SIGN}`], { from: before, files: { [POLICY]: policyOf(world, BOB_SENIOR) } });
    expect(await verdictOn(world, 9)).toEqual(["success"]);
  });

  it("keeps the newer policy of main: an older one that a topic kept while merging would roll it back", async () => {
    await using world = await openTyped();
    const { dev } = world;
    const before = dev.oid("origin/main");
    landOn(world, { [POLICY]: policyOf(world, (text) => text.replace("level: senior", "level: principal")) });
    openPull(world, 1, [BY_HAND], { from: before });
    dev.git(["merge", "-q", "--no-edit", "-s", "ours", "origin/main"]);
    proposeHead(world, 1);
    landOn(world, { "moved.txt": "on\n" });
    expect((await verdictOn(world, 1))[0]).toBe("failure");
    openPull(world, 2, [BY_HAND], { from: before });
    dev.git(["merge", "-q", "--no-edit", "origin/main"]);
    proposeHead(world, 2);
    expect(await verdictOn(world, 2)).toEqual(["success"]);
  });
});

describe("refs that are named like what the gate fetches", () => {
  it("are taken for nothing: tags and branches beside main, the pull request's ref and the ledger", async () => {
    await using world = await openTyped(`${TYPED}ledger: countersign/ledger\n`);
    const { github, dev, server } = world;
    const evil = openPull(world, 1, [ASSISTED]);
    const good = openPull(world, 2, [COSIGNED]);
    const refs = [
      ["refs/tags/origin/main", evil],
      ["refs/tags/main", evil],
      ["refs/heads/origin/main", evil],
      ["refs/tags/refs/heads/main", evil],
      ["refs/heads/refs/remotes/origin/main", evil],
      ["refs/heads/refs/heads/main", evil],
      ["refs/heads/HEAD", evil],
      ["refs/tags/HEAD", evil],
      ["refs/heads/countersign/head", evil],
      ["refs/heads/refs/pull/1/head", good],
      ["refs/tags/pull/1/head", good],
      ["refs/heads/pull/1/head", good],
      ["refs/tags/refs/pull/1/head", good],
      [`refs/heads/${evil}`, good],
      ["refs/tags/countersign/ledger", evil],
      [`refs/tags/${LEDGER}`, evil],
    ];
    server.git(["update-ref", "--stdin"], { input: refs.map(([ref, id]) => `create ${ref} ${id}\n`).join("") });
    expect(await verdictOn(world, 1)).toEqual(["failure", "COSIGN_MISSING"]);
    expect(await verdictOn(world, 2)).toEqual(["success"]);

    // Where the pull request's own ref is gone, a branch of that name is no stand-in for another commit.
    const third = openPull(world, 3, [ASSISTED]);
    server.git(["update-ref", "refs/heads/refs/pull/3/head", good]);
    server.git(["update-ref", "-d", "refs/pull/3/head"]);
    const answer = github.headOf;
    github.headOf = () => third;
    expect((await verdictOn(world, 3))[0]).toBe("failure");
    github.headOf = answer;
    dev.git(["fetch", "-q", "origin"]);
  });
});

describe("a pull request that brings its own judge", () => {
  it("has nothing of it read or run, whichever file it stands in", async () => {
    await using world = await openTyped();
    const { scratch } = world;
    const trap = `${scratch.dir}/trapped`;
    const files = {
      ".github/workflows/countersign.yml": `on: pull_request\njobs: { gate: { runs-on: x, steps: [{ run: "true" }] } }\n`,
      ".github/workflows/other.yml": "on: push\njobs: { gate: { runs-on: x, steps: [{ run: touch }] } }\n",
      ".github/countersign/gate.mjs": `require("fs").writeFileSync(${JSON.stringify(trap)}, "")\n`,
      "package.json": `{ "scripts": { "prepare": "touch ${trap}" } }\n`,
      "node_modules/.bin/git": `#!/bin/sh\ntouch ${trap}\n`,
      ".npmrc": `script-shell=${trap}\n`,
      ".gitattributes": "* filter=evil merge=union\n",
      ".gitmodules": `[submodule "x"]\n\tpath = x\n\turl = ext::touch ${trap}\n`,
      ".gitconfig": `[core]\n\tfsmonitor = touch ${trap}\n\tsshCommand = touch ${trap}\n`,
      "gate.mjs": "process.exit(0)\n",
    };
    openPull(world, 1, [ASSISTED], { files });
    expect(await verdictOn(world, 1)).toEqual(["failure", "COSIGN_MISSING"]);
    openPull(world, 2, [COSIGNED], { files });
    expect(await verdictOn(world, 2)).toEqual(["success"]);
    const { existsSync } = await import("node:fs");
    expect(existsSync(trap)).toBe(false);
  });

  it("cannot have the verdict for one branch pass for one for another, in capitals, by a plain name, or turned round", async () => {
    await using world = await openTyped(`  - branches: ["**"]\n${TYPED}`);
    const { github, server } = world;
    const head = openPull(world, 1, [ASSISTED]);
    // For a branch that holds the work already, nothing is new: green, and rightly so.
    for (const [number, branch] of [
      [2, "Main"],
      [3, "MAIN"],
      [4, "main)"],
      [5, "BASE"],
    ] as const) {
      server.git(["update-ref", `refs/heads/${branch}`, head]);
      github.open(number, head, branch);
      expect((await world.judge(number)).status).toBe(0);
    }
    expect(await verdictOn(world, 1)).toEqual(["failure", "COSIGN_MISSING"]);
    for (const number of [2, 3, 4, 5]) await world.judge(number);
    expect(github.verdictOn(head)).toEqual({
      [CONTEXT]: "failure",
      "countersign (^main)": "success",
      "countersign (^m^a^i^n)": "success",
      "countersign (main))": "success",
      "countersign (^b^a^s^e)": "success",
    });
    // A name that leaves the branch out is given it.
    for (const number of [1, 2]) {
      const { base } = github.pulls.get(number) ?? { base: "" };
      await world.gate("workflow_dispatch", { inputs: { pull: `${number}` } }, undefined, { INPUT_CONTEXT: `gate` });
      expect(github.verdictOn(head)[`gate (${base === "main" ? "main" : "^main"})`]).toBeDefined();
    }
    expect(github.verdictOn(head)).toMatchObject({ "gate (main)": "failure", "gate (^main)": "success" });
  });
});

describe("a signature that is spent", () => {
  it("does not let work in a second time, from wherever it comes back; signed again it does", async () => {
    await using world = await openGateWorld();
    const { github, server, senior, dev } = world;
    const fork = dev.oid("origin/main");
    const head = pushUpload(world);
    github.open(1, head);
    expect((await cosign(senior, ["1"])).status).toBe(0);
    expect(await verdictOn(world, 1)).toEqual(["success"]);
    land(server, "main", squash(server, server.oid("refs/heads/main"), head, `Retry uploads (#1)\n\n${CLAUDE}\n`));
    dev.git(["fetch", "-q", "origin"]);
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.git(["revert", "--no-edit", "HEAD"]);
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
    dev.git(["fetch", "-q", "origin"]);

    // Picked onto where the first one began, onto main, and as the revert of the revert.
    dev.git(["switch", "-q", "--detach", fork]);
    dev.git(["cherry-pick", `${fork}..${head}`]);
    proposeHead(world, 2);
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.git(["cherry-pick", `${fork}..${head}`]);
    proposeHead(world, 3);
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.git(["revert", "--no-edit", "HEAD"]);
    dev.git(["commit", "-q", "--no-verify", "--amend", "-m", `Retry uploads again\n\n${CLAUDE}`]);
    proposeHead(world, 4);
    for (const number of [2, 3, 4])
      expect({ number, codes: await verdictOn(world, number) }).toEqual({ number, codes: ["failure", "COSIGN_SPENT"] });

    expect((await cosign(senior, ["3"])).status).toBe(0);
    expect(await verdictOn(world, 3)).toEqual(["success"]);
    // The queue lands what the button would.
    const spent = squash(server, server.oid("refs/heads/main"), github.headOf(3), `Retry uploads (#3)\n\n${CLAUDE}\n`);
    expect((await world.gate("merge_group", queueEvent(server, spent, 3))).status).toBe(0);
  });
});

describe("branches that nothing judged", () => {
  it("count for nothing: the pull request's own, another of the same entry, and one beside a release", async () => {
    await using world = await openTyped();
    const { github, dev, server } = world;
    const all = policyOf(world, (text) => text.replace("- branches: [main]", '- branches: ["**"]'));
    landOn(world, { [POLICY]: all });
    const propose = (number: number, branch: string, base = "main", message = ASSISTED): void => {
      const head = openPull(world, number, [message], { base });
      server.git(["update-ref", `refs/heads/${branch}`, head]);
    };
    propose(1, "topic");
    propose(2, "release/x");
    server.git(["update-ref", "refs/heads/release/1", server.oid("refs/heads/main")]);
    propose(3, "release/2", "release/1");
    propose(4, "countersign/ledger");
    expect(await verdictOn(world, 1)).toEqual(["failure", "COSIGN_MISSING"]);
    expect(await verdictOn(world, 2)).toEqual(["failure", "COSIGN_MISSING"]);
    expect(await verdictOn(world, 3, "countersign (release/1)")).toEqual(["failure", "COSIGN_MISSING"]);
    expect(await verdictOn(world, 4)).toEqual(["failure", "COSIGN_MISSING"]);
    propose(5, "signed", "main", COSIGNED);
    expect(await verdictOn(world, 5)).toEqual(["success"]);

    // What landed on main counts for a release of the same entry: it was judged there.
    const landed = landOn(world, { "fix.txt": "1\n" });
    dev.git(["switch", "-q", "--detach", landed]);
    proposeHead(world, 6, "release/1");
    expect(await verdictOn(world, 6, "countersign (release/1)")).toEqual(["success"]);
    expect(github.verdictOn(landed)).toEqual({ "countersign (release/1)": "success" });
  });
});
