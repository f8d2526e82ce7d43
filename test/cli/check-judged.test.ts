import { describe, expect, it } from "vitest";
import { cosignHead, fromNow, makeSigner, messageOf, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { cloneForCi } from "../rig/repository/ci-clone.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

/** Puts a commit on a ref of the server, as anyone may who can create refs there. */
function put({ dev }: PushWorld, commit: string, ...refs: readonly string[]): void {
  dev.git(["push", "-q", "--no-verify", "origin", ...refs.map((ref) => `${commit}:${ref}`)]);
}

/** A commit beside `main`, on a branch of the server. */
function propose(world: PushWorld, message: string, files?: Readonly<Record<string, string | null>>): string {
  world.dev.git(["switch", "-q", "--detach", "refs/remotes/origin/main"]);
  const commit = world.dev.commit(message, files ? { files } : {});
  put(world, commit, "refs/heads/topic");
  return commit;
}

/** Moves the server's `main` on by one harmless commit. */
function moveOn(world: PushWorld): void {
  world.dev.git(["switch", "-q", "--detach", "refs/remotes/origin/main"]);
  put(world, world.dev.commit("Anything\n"), "refs/heads/main");
}

function verdictOf(
  repo: Repo,
  ...args: readonly string[]
): { readonly status: number | null; readonly codes: readonly string[] } {
  const { status, stdout } = countersign(repo, ["check", ...args, "--format", "json"]);
  const codes = [...stdout.matchAll(/"code": "([A-Z_]+)"/g)].map(([, code = ""]) => code);
  return { status, codes: [...new Set(codes)] };
}

describe("a pull request in a clone as CI makes it", () => {
  it("is not let through by a branch that nothing judged, or by a tag that has a branch's name", () => {
    using world = openPushWorld({ policy: POLICY.replace("branches: [main]", 'branches: ["**"]') });
    const head = propose(world, ASSISTED);
    put(world, head, "refs/heads/release/1", "refs/tags/origin/main", "refs/tags/main", "refs/tags/HEAD");
    const ci = cloneForCi(world, head);
    const refused = { status: 1, codes: ["COSIGN_MISSING"] };
    expect(verdictOf(ci, "HEAD", "--branch", "main")).toEqual(refused);
    expect(verdictOf(ci, `${head}..HEAD`, "--branch", "main")).toEqual(refused);
    expect(verdictOf(ci, "refs/remotes/origin/topic", "--branch", "main")).toEqual(refused);

    const ambiguous = countersign(ci, ["check", "origin/main..HEAD", "--branch", "main"]);
    expectFault(ambiguous, "REVISION_AMBIGUOUS", "refs/remotes/origin/main, refs/tags/origin/main");
    const [, full = ""] = /write the full name, as in (\S+)/.exec(ambiguous.stderr) ?? [];
    expect(verdictOf(ci, `${full}..HEAD`, "--branch", "main")).toEqual(refused);
    for (const args of [["origin/main~0..HEAD"], ["HEAD", "--policy", "origin/main"]]) {
      expectFault(countersign(ci, ["check", ...args, "--branch", "main"]), "REVISION_AMBIGUOUS");
    }
  });

  it("passes where it is vouched for, whatever tags and branches there are", () => {
    using world = openPushWorld({ policy: POLICY.replace("branches: [main]", 'branches: ["**"]') });
    const head = propose(world, VOUCHED);
    put(world, head, "refs/tags/v1", "refs/heads/v1.x");
    const ci = cloneForCi(world, head);
    for (const revision of [
      "HEAD",
      "@",
      "v1",
      "origin/topic",
      head.slice(0, 12),
      "origin/main..v1~0",
      "HEAD^{commit}",
    ]) {
      expect(verdictOf(ci, revision, "--branch", "main"), revision).toEqual({ status: 0, codes: [] });
    }
  });

  it("is not judged by a tag in place of a full name that is not there", () => {
    using world = openPushWorld();
    const head = propose(world, ASSISTED);
    put(world, "refs/remotes/origin/main", "refs/tags/refs/heads/topic");
    const ci = cloneForCi(world, head);
    expectFault(countersign(ci, ["check", "refs/heads/topic", "--branch", "main"]), "REVISION_UNKNOWN");
    expect(verdictOf(ci, "refs/remotes/origin/topic", "--branch", "main").codes).toEqual(["COSIGN_MISSING"]);
  });

  it("does not take the policy away once the target has moved on, nor keep an older one", () => {
    using world = openPushWorld();
    const { dev } = world;
    const [before, file] = [dev.oid("HEAD"), "countersign.config.yaml"];
    const root = dev.git(["commit-tree", "-m", "Scratch", dev.git(["mktree"], { input: "" })]);
    const tree = dev
      .git(["ls-tree", before])
      .split("\n")
      .filter((line) => !line.endsWith(file));
    const without = dev.git(["mktree"], { input: `${tree.join("\n")}\n` });
    const removal = dev.git(["commit-tree", "-m", "Merge main", "-p", root, "-p", before, without]);
    put(world, dev.commit("Say the mode\n", { files: { [file]: `${POLICY}mode: enforce\n` } }), "refs/heads/main");
    const slip = dev.git(["commit-tree", "-m", "Merge main", "-p", before, "-p", "HEAD", `${before}^{tree}`]);
    const honest = dev.git(["commit-tree", "-m", "Merge main", "-p", before, "-p", "HEAD", "HEAD^{tree}"]);
    put(world, removal, "refs/heads/removal");
    put(world, slip, "refs/heads/slip");
    put(world, honest, "refs/heads/honest");
    moveOn(world);
    const ci = cloneForCi(world, honest);
    const verdicts = ["removal", "slip", "honest"].map((name) => verdictOf(ci, `origin/${name}`, "--branch", "main"));
    expect(verdicts).toEqual([
      { status: 1, codes: ["POLICY_REMOVED"] },
      { status: 1, codes: ["POLICY_CHANGED"] },
      { status: 0, codes: [] },
    ]);
  });

  it("does not bring back by a signature what the target took out", () => {
    const ada = makeSigner();
    using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line] }) });
    const { dev } = world;
    const files = { "src/a.ts": "a\n" };
    dev.commit(ASSISTED, { files });
    const landed = cosignHead(dev, ada, { time: fromNow(-60) });
    put(world, landed, "refs/heads/main");
    put(world, dev.commit("Take it back\n", { files: { "src/a.ts": null } }), "refs/heads/main");
    dev.git(["switch", "-q", "--detach", `${landed}~1`]);
    dev.commit("Work\n");
    const again = dev.commit(messageOf(dev, landed), { files });
    put(world, again, "refs/heads/topic");
    const ci = cloneForCi(world, again);
    expect(verdictOf(ci, "HEAD", "--branch", "main")).toEqual({ status: 1, codes: ["COSIGN_SPENT"] });
    dev.commit(ASSISTED, { files: {}, args: ["--amend"] });
    const renewed = cosignHead(dev, ada);
    put(world, renewed, "refs/heads/renewed");
    ci.git(["fetch", "-q", "origin"]);
    expect(verdictOf(ci, renewed, "--branch", "main")).toEqual({ status: 0, codes: [] });
  });
});
