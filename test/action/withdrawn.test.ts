import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEDGER } from "../cosign/clones.ts";
import { cosign, TerminalSession } from "../cosign/terminal-session.ts";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { example } from "./payloads.ts";
import { ASSISTED, openPull } from "./pulls.ts";
import { type GitCall, TALKS, watchGit } from "./watch-git.ts";

describe("a co-sign that was taken back stays taken back for the gate, though somebody who may push the ledger removes that,", () => {
  let world: GateWorld;
  /** The ledger before it was taken back, and after. */
  let given = "";
  let taken = "";
  beforeAll(async () => {
    world = await openGateWorld();
    const { senior, server } = world;
    openPull(world, 1, [ASSISTED]);
    expect((await cosign(senior, ["1"])).status).toBe(0);
    given = server.oid(LEDGER);
    expect((await world.judge(1)).status).toBe(0);
    const session = new TerminalSession(senior, ["cosign", "--withdraw", "1"]);
    await session.read(/Type yes to/);
    session.type("yes\r");
    expect((await session.ended).status).toBe(0);
    taken = server.oid(LEDGER);
    expect(taken).not.toBe(given);
    expect((await world.judge(1)).status).toBe(1);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** A commit on top of the ledger with other files: nothing but a plain push. */
  const commit = (tree: string, parents: readonly string[]): string =>
    world.server.git(["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-m", "Tidy up"]);
  const treeOf = (id: string): string => world.server.oid(`${id}^{tree}`);
  /** The same files, and one for each that was taken back: in its place, or beside it by another name. */
  const rewritten = (text: string, { mode = "100644", name = "withdrawn" } = {}): string => {
    const { server } = world;
    const env = { GIT_INDEX_FILE: `${world.scratch.dir}/index` };
    const blob = server.git(["hash-object", "-w", "--stdin"], { input: text });
    server.git(["read-tree", taken], { env });
    const paths = server.git(["ls-tree", "-r", "--name-only", taken]).split("\n");
    const folders = paths.filter((path) => path.endsWith("/withdrawn")).map((path) => path.replace(/[^/]+$/, ""));
    const lines = folders.map((folder) => `${mode} ${blob}\t${folder}${name}\n`);
    server.git(["update-index", "--index-info"], { env, input: lines.join("") });
    return server.git(["write-tree"], { env });
  };
  const judged = async (tip: string): Promise<string | undefined> => {
    world.server.git(["update-ref", LEDGER, tip]);
    const { stdout } = await world.judge(1);
    return /title=([A-Z_]+)::/.exec(stdout)?.[1];
  };

  it.each<[string, () => string]>([
    ["by a commit without it", () => commit(treeOf(given), [taken])],
    ["by a merge that takes the other side", () => commit(treeOf(given), [given, taken])],
    ["by something else in its place", () => commit(rewritten("x\n"), [taken])],
    [
      "with a link whose name looks like what git prints of a removed file",
      () => {
        const link = { mode: "120000", name: `:100644 000000 ${"1".repeat(40)} ${"0".repeat(40)} D` };
        return commit(treeOf(given), [commit(rewritten("record", link), [taken])]);
      },
    ],
    ["and adds more on top", () => commit(treeOf(given), [commit(treeOf(given), [taken])])],
  ])("%s", async (_, tidy) => {
    expect(await judged(tidy())).toBe("COSIGN_WITHDRAWN");
  });

  it("found once for all requests of a run, by programs that have no token", async () => {
    const { server } = world;
    openPull(world, 2, [ASSISTED]);
    server.git(["update-ref", LEDGER, commit(treeOf(given), [taken])]);
    const { path, calls } = watchGit(world);
    const all = { ...example("workflow_dispatch"), inputs: {} };
    const { stdout } = await world.gate("workflow_dispatch", all, "judge", { PATH: path });
    world.github.pulls.delete(2);
    expect(new Set(stdout.match(/(?<=title=)[A-Z_]+(?=::)/g))).toEqual(new Set(["COSIGN_WITHDRAWN", "COSIGN_MISSING"]));
    const argumentsOf = (asked: (call: GitCall) => boolean) =>
      calls()
        .filter(asked)
        .map(({ args }) => args);
    expect({
      walks: argumentsOf(({ args }) => args.includes("--diff-filter=DMT")).length,
      told: argumentsOf(({ args, isTold }) => isTold && !TALKS.test(args)),
    }).toEqual({ walks: 1, told: [] });
  });

  it("though that comes between two requests of a run", async () => {
    const { server, github } = world;
    const [pull] = [...github.pulls.values()];
    openPull(world, 2, [ASSISTED]);
    github.pulls.delete(1);
    if (pull) github.pulls.set(1, pull);
    const tidied = commit(treeOf(given), [taken]);
    server.git(["update-ref", LEDGER, taken]);
    github.meanwhile = (asked) => {
      if (asked.endsWith("/pulls/1")) server.git(["update-ref", LEDGER, tidied]);
      return undefined;
    };
    const { stdout } = await world.gate("workflow_dispatch", { ...example("workflow_dispatch"), inputs: {} });
    github.meanwhile = () => undefined;
    github.pulls.delete(2);
    expect(server.oid(LEDGER)).toBe(tidied);
    expect(stdout).toMatch(/title=COSIGN_MISSING::[\s\S]*title=COSIGN_WITHDRAWN::/);
  });

  it("and a forged one counts for nothing, removed or not", async () => {
    const forged = commit(rewritten("not signed by anybody\n"), [given]);
    expect(await judged(forged)).toBeUndefined();
    expect(await judged(commit(treeOf(given), [forged]))).toBeUndefined();
  });
});
