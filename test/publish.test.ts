import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npmEnvironment, PUBLISHED, packWorkspace, pnpm } from "./rig/installed/packed.ts";
import { type Run, run } from "./rig/process/run.ts";
import { initRepo, type Repo } from "./rig/repository/repo.ts";
import { openScratch, type Scratch } from "./rig/repository/scratch.ts";
import { ROOT } from "./rig/suite/bins.ts";
import { CLAUDE } from "./rig/worlds/push-world.ts";

/** How each package manager installs what package.json names. */
const MANAGERS: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  npm: ["npm", "install"],
  pnpm: ["npx", ...pnpm(), "install"],
  yarn: ["npx", "--yes", "yarn@1.22.22", "install", "--non-interactive"],
};

/** Somebody's program over all three libraries, which tells what both backends make of HEAD. */
const CONSUMER = `import fs from "node:fs";
import { type CommitVerdict, detectProvenance, parseCommit, parseObjectId, type Provenance } from "@countersign/core";
import { openGitRepository } from "@countersign/git/internal";
import { openIsomorphicRepository } from "@countersign/isomorphic/internal";

const [oid = "", gitdir = ""] = process.argv.slice(2);
const repositories = [await openGitRepository(gitdir, process.env), await openIsomorphicRepository({ fs, gitdir })];
const found: Provenance[] = [];
for (const repository of repositories) {
  found.push(detectProvenance(parseCommit(await repository.commit(parseObjectId(oid)))));
  await repository.close();
}
console.log(found.map(({ state, agents }) => [state, ...agents].join(" ")).join("\\n"));

export const subjectOf = ({ subject }: CommitVerdict): string => subject;
`;

let scratch: Scratch;
let tarballs: Readonly<Record<string, string>>;
beforeAll(() => {
  scratch = openScratch();
  tarballs = packWorkspace(scratch);
});
afterAll(() => scratch[Symbol.dispose]());

describe.each(Object.entries(MANAGERS))("the packages, installed by %s", (manager, [program, ...args]) => {
  let repo: Repo;
  let server: Repo;
  let env: NodeJS.ProcessEnv;

  const install = (): Run => run(program, args, { cwd: repo.dir, env });
  const bin = (name: string, ...rest: readonly string[]): Run =>
    run(join(repo.dir, "node_modules/.bin", name), rest, { cwd: repo.dir, env });

  beforeAll(() => {
    server = initRepo(scratch, `${manager}.git`, ["--bare"]);
    repo = initRepo(scratch, manager);
    repo.git(["remote", "add", "origin", server.dir]);
    env = { ...npmEnvironment(scratch), ...repo.env, YARN_CACHE_FOLDER: join(scratch.dir, "yarn") };
    const packages = Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]));
    // What is not published yet can be had from the tarballs alone, also by those that depend on it.
    const manifest = { name: "payments", private: true, devDependencies: packages, resolutions: packages };
    repo.write({ "package.json": `${JSON.stringify(manifest, null, 2)}\n`, ".gitignore": "node_modules/\n" });
    const { status, stdout, stderr } = install();
    if (status !== 0) throw new Error(`${manager} ended with ${status}: ${stdout}${stderr}`);
  });

  it("have programs that run", () => {
    expect(bin("countersign", "--version")).toMatchObject({ status: 0, stderr: "" });
    for (const hook of ["pre-push", "pre-receive", "pre-commit", "prepare-commit-msg", "commit-msg"]) {
      expect(existsSync(join(repo.dir, "node_modules/.bin", `countersign-${hook}`)), hook).toBe(true);
    }
    expect(bin("countersign-pre-push", "origin", server.dir)).toMatchObject({ status: 0, stderr: "" });
    expect(bin("countersign-pre-commit")).toMatchObject({ status: 0, stderr: "" });
  });

  it("keep an assisted commit off main and let an innocent one pass, once init was run", () => {
    const senior = ["--senior", "Ada Lovelace <ada@acme.example>", "--proof", "declared"];
    const set = bin("countersign", "init", "--yes", ...senior);
    expect({ status: set.status, stderr: set.stderr }).toEqual({ status: 0, stderr: "" });
    repo.git(["add", "-A"]);
    repo.git(["commit", "-q", "-m", "Adopt countersign"], { env });
    repo.git(["push", "-q", "origin", "main"], { env });
    const adopted = repo.oid("HEAD");
    expect(server.ref("refs/heads/main")).toBe(adopted);

    repo.commit(`Retry uploads\n\n${CLAUDE}\n`);
    const refused = repo.try(["push", "origin", "main"], { env });
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect({ status: refused.status, ref: server.ref("refs/heads/main") }).toEqual({ status: 1, ref: adopted });

    repo.git(["reset", "-q", "--hard", adopted]);
    const own = repo.commit("Retry uploads\n");
    expect(repo.try(["push", "origin", "main"], { env })).toMatchObject({ status: 0 });
    expect(server.ref("refs/heads/main")).toBe(own);
  });

  it("have their hooks switched on by the next install", () => {
    repo.git(["config", "--unset", "core.hooksPath"]);
    expect(install()).toMatchObject({ status: 0 });
    expect(repo.git(["config", "core.hooksPath"])).toBe(".husky/_");
  });

  it("give a TypeScript project types that hold without trust, and modules that run", () => {
    const options = {
      module: "NodeNext",
      target: "ES2022",
      strict: true,
      skipLibCheck: false,
      types: ["node"],
      typeRoots: [join(ROOT, "node_modules/@types")],
    };
    writeFileSync(join(repo.dir, "consumer.mts"), CONSUMER);
    writeFileSync(
      join(repo.dir, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["consumer.mts"] }),
    );
    const compiled = run(join(ROOT, "node_modules/.bin/tsc"), ["-p", repo.dir], { cwd: repo.dir, env });
    expect(compiled).toEqual({ status: 0, stdout: "", stderr: "" });
    const oid = repo.commit(`Retry uploads\n\n${CLAUDE}\n`);
    const told = run("node", ["consumer.mjs", oid, join(repo.dir, ".git")], { cwd: repo.dir, env });
    expect(told).toEqual({ status: 0, stdout: "assisted claude-code\nassisted claude-code\n", stderr: "" });
  });

  it.each(Object.entries(PUBLISHED))("have in %s all that its package.json names, and no tests", (folder, name) => {
    const dir = join(repo.dir, "node_modules", name);
    const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    expect(manifest).toMatchObject({
      name,
      license: "MIT",
      repository: { type: "git", directory: `packages/${folder}` },
      publishConfig: { access: "public", provenance: true },
      engines: { node: expect.any(String) },
    });
    expect(JSON.stringify(manifest.dependencies ?? {})).not.toMatch(/workspace:|file:|link:/);
    const named = [...targetsOf(manifest.exports), ...targetsOf(manifest.bin)];
    for (const path of [...named, "README.md", "LICENSE"]) expect(existsSync(join(dir, path)), path).toBe(true);
    for (const path of targetsOf(manifest.bin)) {
      expect(readFileSync(join(dir, path), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
    const files = readdirSync(dir, { recursive: true }).map(String);
    expect(files.filter((path) => /\.test\.|tsbuildinfo/.test(path))).toEqual([]);
  });
});

/** The paths that a field of package.json leads to, under whatever conditions. */
function targetsOf(field: unknown): readonly string[] {
  if (typeof field === "string") return [field];
  return typeof field === "object" && field !== null ? Object.values(field).flatMap(targetsOf) : [];
}
