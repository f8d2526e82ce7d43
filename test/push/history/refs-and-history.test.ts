import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addMany, MANY } from "../../rig/repository/add-many.ts";
import { forgeCommitGraph } from "../../rig/repository/forge-commit-graph.ts";
import { Repo } from "../../rig/repository/repo.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import {
  installPrePush,
  type ObjectFormat,
  openPushWorld,
  POLICY,
  type PushWorld,
} from "../../rig/worlds/push-world.ts";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";

/** What a replacement of each kind of object would hide, made in the engineer's clone. */
const REPLACEMENTS: readonly (readonly [string, (world: PushWorld, assisted: string) => void])[] = [
  [
    "the commit",
    ({ dev }, assisted) => {
      const bytes = dev.git(["cat-file", "commit", assisted]).replace(/\n\n[\s\S]*$/, `\n\n${CLEAN}`);
      dev.git(["replace", assisted, dev.writeCommit(bytes)]);
    },
  ],
  ["its child's parents", ({ dev }) => dev.git(["replace", "--graft", "HEAD", "refs/remotes/origin/main"])],
];

describe.each(FORMATS)("replacement refs in a %s repository", (format) => {
  it.each(REPLACEMENTS)("do not hide assisted work when %s is replaced", (_, replace) => {
    using world = openPushWorld({ format });
    const assisted = world.dev.commit(ASSISTED);
    world.dev.commit("Describe it\n");
    const tip = world.dev.oid("HEAD");
    replace(world, assisted);
    expectRefused(attempt(world, tip), "COSIGN_MISSING", assisted.slice(0, 12), "(2 new commits, 1 AI-assisted)");
  });

  it("stay off where the configuration asks for them", () => {
    using world = openPushWorld({ format });
    const assisted = world.dev.commit(ASSISTED);
    REPLACEMENTS[0]?.[1](world, assisted);
    world.dev.git(["config", "core.useReplaceRefs", "true"]);
    expectRefused(attempt(world, assisted), "COSIGN_MISSING", assisted.slice(0, 12));
  });

  it("do not make clean work look assisted", () => {
    using world = openPushWorld({ format });
    const clean = world.dev.commit(CLEAN);
    const marked = world.dev.writeCommit(
      `${world.dev.git(["cat-file", "commit", clean]).trimEnd()}\n\nAssisted-by: Claude\n`,
    );
    world.dev.git(["replace", clean, marked]);
    expectAllowed(attempt(world, clean));
  });

  it.each(["tree", "blob"])("do not hide what a commit changes when a %s is replaced", (kind) => {
    using world = openPushWorld({
      format,
      policy: `${POLICY}rules:\n  - name: infrastructure\n    paths: ["infra/**"]\n    deny: No agent here.\n`,
    });
    const { dev } = world;
    const assisted = dev.commit(VOUCHED, { files: { "infra/main.tf": "resource {}\n" } });
    const pairs = {
      tree: [`${assisted}^{tree}`, `${assisted}~1^{tree}`],
      blob: [`${assisted}:infra/main.tf`, `${assisted}:README.md`],
    };
    const [of, by] = pairs[kind as "tree" | "blob"].map((revision) => dev.oid(revision)) as [string, string];
    dev.git(["replace", "-f", of, by]);
    expectRefused(attempt(world, assisted), "DENIED_BY_RULE", assisted.slice(0, 12), "No agent here.");
  });

  it("are not let onto a server that has a policy", () => {
    using world = openPushWorld({ format });
    const { dev } = world;
    const clean = dev.commit(CLEAN);
    dev.git(["replace", clean, "refs/remotes/origin/main"]);
    const ref = `refs/replace/${clean}`;
    const refused = pushTo(world, ["origin", `${ref}:${ref}`, "main"], { to: ref, tip: dev.oid(ref) });
    expectRefused(refused, "REPLACEMENT_PUSHED", "carries a replacement ref");
    expect(refused.refs.get("refs/heads/main")).toBe(dev.oid("refs/remotes/origin/main"));
    // git itself would compare what stands in for the commit.
    dev.git(["replace", "-d", clean]);
    expectAllowed(attempt(world, clean));
  });

  it("can be deleted from a server", () => {
    using world = openPushWorld({ format });
    const ref = `refs/replace/${world.dev.oid("HEAD")}`;
    const other = world.server.writeCommit(`${world.server.git(["cat-file", "commit", "main"])} over`);
    world.server.git(["replace", "main", other]);
    expect(world.server.ref(ref)).toBe(other);
    expectAllowed(pushTo(world, ["origin", `:${ref}`], { to: ref, deleted: true }));
  });
});

/** A short range is read commit by commit, a long one by git's own walk: neither may be led astray. */
const LENGTHS = [0, MANY];
const HISTORIES = FORMATS.flatMap((format) => LENGTHS.map((more) => [more + 2, format, more] as const));

describe.each(HISTORIES)(
  "history of %i commits that git is told to overlook in a %s repository",
  (count, format, more) => {
    function withHiddenWork(): { world: PushWorld; assisted: string; tip: string } {
      const world = openPushWorld({ format });
      if (more > 0) addMany(world.dev);
      const assisted = world.dev.commit(ASSISTED);
      return { world, assisted, tip: world.dev.commit(CLEAN) };
    }

    it("is judged in spite of a graft file", () => {
      const { world, assisted, tip } = withHiddenWork();
      using _ = world;
      const base = world.dev.oid("refs/remotes/origin/main");
      mkdirSync(join(world.dev.commonDir, "info"), { recursive: true });
      writeFileSync(join(world.dev.commonDir, "info/grafts"), `${tip} ${base}\n`);
      expect(world.dev.git(["rev-list", "--count", tip, `^${base}`])).toBe("1");
      expectRefused(
        attempt(world, tip),
        "COSIGN_MISSING",
        assisted.slice(0, 12),
        `(${count} new commits, 1 AI-assisted)`,
      );
    });

    it("is judged in spite of a forged shallow boundary", () => {
      const { world, assisted, tip } = withHiddenWork();
      using _ = world;
      writeFileSync(join(world.dev.commonDir, "shallow"), `${tip}\n`);
      expect(world.dev.git(["rev-list", "--count", tip])).toBe("1");
      // git takes the tip for a root now, so it wants force; the hook does not.
      expectRefused(
        attempt(world, tip, { push: ["--force"] }),
        "COSIGN_MISSING",
        assisted.slice(0, 12),
        `(${count} new commits, 1 AI-assisted)`,
      );
    });

    it("is judged in spite of a forged commit-graph", () => {
      const { world, assisted, tip } = withHiddenWork();
      using _ = world;
      const base = world.dev.oid("refs/remotes/origin/main");
      // All objects are on the server, so that git itself misses none.
      world.dev.git(["push", "-q", "--no-verify", "origin", `${tip}:refs/heads/feat`]);
      forgeCommitGraph(world.dev, tip, base);
      expect(world.dev.git(["rev-list", "--count", tip, `^${base}`])).toBe("1");
      expectRefused(
        attempt(world, tip),
        "COSIGN_MISSING",
        assisted.slice(0, 12),
        `(${count} new commits, 1 AI-assisted)`,
      );
    });

    it("passes all the same where it is clean", () => {
      using world = openPushWorld({ format });
      const tip = world.dev.commit(CLEAN);
      mkdirSync(join(world.dev.commonDir, "info"), { recursive: true });
      writeFileSync(join(world.dev.commonDir, "info/grafts"), `${tip} ${world.dev.oid("refs/remotes/origin/main")}\n`);
      expectAllowed(attempt(world, tip));
    });
  },
);

describe.each(FORMATS)("a push from a shallow clone of a %s repository", (format) => {
  const RELEASES = POLICY.replace("[main]", '[main]\n  - branches: ["release/**"]');

  /** Of a server that has three commits more, the first with this message. */
  function shallowClone(world: PushWorld, message = "One\n"): Repo {
    for (const text of [message, "Two\n", "Three\n"]) world.dev.commit(text);
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    const dir = join(world.scratch.dir, "shallow");
    world.dev.git(["clone", "-q", "--depth", "1", `file://${world.server.dir}`, dir]);
    const repo = new Repo(world.scratch, dir);
    installPrePush(repo);
    return repo;
  }

  it("is judged by what it adds to the tip that is here", () => {
    using world = openPushWorld({ format });
    const repo = shallowClone(world);
    const assisted = repo.commit(ASSISTED);
    const push = () => pushTo(world, ["origin", "main"], { repo });
    expectRefused(push(), "COSIGN_MISSING", assisted.slice(0, 12), "(1 new commit, 1 AI-assisted)");
    repo.commit(VOUCHED, { args: ["--amend"] });
    expectAllowed(push(), "co-signed by ada@acme.example");
  });

  it.each([ASSISTED, VOUCHED])(
    "cannot be decided where a new branch needs what lies beyond the boundary: %j",
    (message) => {
      using world = openPushWorld({ format, policy: RELEASES });
      const repo = shallowClone(world, message);
      repo.commit(CLEAN);
      const push = () => pushTo(world, ["origin", "HEAD:refs/heads/release/1"], { repo, to: "release/1" });
      expectUndecided(push(), "HISTORY_SHALLOW", "git fetch --unshallow", "fetch-depth 0");
      repo.git(["fetch", "-q", "--unshallow"]);
      if (message === VOUCHED) expectAllowed(push(), "co-signed by ada@acme.example");
      else expectRefused(push(), "COSIGN_MISSING", world.dev.oid("main~2").slice(0, 12));
    },
  );
});
