import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";

function lines(repo: Repo, ...args: readonly string[]): string[] {
  const { status, stdout, stderr } = countersign(repo, ["log", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n");
}

function subjects(repo: Repo, ...args: readonly string[]): string[] {
  return lines(repo, "--format", "jsonl", ...args).map((line) => JSON.parse(line).subject);
}

/** Commits made a second apart, so that git's order is the order here. */
function build(repo: Repo, ...messages: readonly string[]): string[] {
  return messages.map((message, index) => repo.commit(message, { date: `${1_700_000_000 + index} +0000` }));
}

describe.each(["sha1", "sha256"])("log in a %s repository", (format) => {
  it("is one line a commit, newest first, and needs no policy", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r", [`--object-format=${format}`]);
    const [first = "", second = "", third = ""] = build(repo, "Start\n", ASSISTED, VOUCHED);
    expect(lines(repo)).toEqual([
      `${third.slice(0, 12)} assisted claude-code    Retry uploads [co-signed by ada@acme.example (declared)]`,
      `${second.slice(0, 12)} assisted claude-code    Retry uploads`,
      `${first.slice(0, 12)} -                       Start`,
    ]);
  });

  it("is as JSON one object a line, with the fields that are published", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r", [`--object-format=${format}`]);
    const [oid] = build(repo, VOUCHED);
    const [line = ""] = lines(repo, "--format", "jsonl");
    expect(JSON.parse(line)).toEqual({
      oid,
      subject: "Retry uploads",
      author: { name: "Bob Builder", email: "bob@acme.example" },
      state: "assisted",
      class: "authored",
      agents: ["claude-code"],
      evidence: [
        expect.objectContaining({ kind: "trailer", agent: "claude-code", where: "line 3", strength: "strong" }),
      ],
      cosigns: [{ email: "ada@acme.example", proof: "declared", valid: true }],
    });
  });
});

it.each([["text"], ["jsonl"]])("log as %s keeps the letters of every language", (format) => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "r");
  const env = { GIT_AUTHOR_NAME: "渡辺 Жук Müller" };
  repo.git(["commit", "-q", "--allow-empty", "-m", "Größe: 大きさ 🚀"], { env });
  repo.git(["commit", "-q", "--allow-empty", "-m", "Größe: 大きさ 🚀\n\nAssisted-by: Codex"], { env });
  const shown = lines(repo, "--format", format).join("\n");
  expect(shown.match(/Größe: 大きさ 🚀/g)).toHaveLength(2);
  if (format === "jsonl") expect(JSON.parse(shown.split("\n")[1] ?? "").author.name).toBe("渡辺 Жук Müller");
});

describe("what log lists", () => {
  it("is what HEAD reaches, a revision reaches, or lies in a range", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    build(repo, "one\n", "two\n", "three\n");
    repo.git(["tag", "-a", "-m", "x", "v2", "HEAD^"]);
    expect(subjects(repo)).toEqual(["three", "two", "one"]);
    expect(subjects(repo, "v2")).toEqual(["two", "one"]);
    expect(subjects(repo, "v2..HEAD")).toEqual(["three"]);
    expect(subjects(repo, "HEAD~2..")).toEqual(["three", "two"]);
    expect(subjects(repo, "HEAD..HEAD")).toEqual([]);
  });

  it("is no more than asked for", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    build(repo, "one\n", "two\n", "three\n");
    expect(subjects(repo, "-n", "2")).toEqual(["three", "two"]);
    expect(subjects(repo, "-n2")).toEqual(["three", "two"]);
    expect(subjects(repo, "--max-count=1")).toEqual(["three"]);
    expect(subjects(repo, "-n", "0")).toEqual([]);
    expect(subjects(repo, "-n", "99")).toHaveLength(3);
  });

  it("is with --all what any ref reaches, through tags of tags and past tags of other things", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    const [one = "", two = "", three = ""] = build(repo, "one\n", "two\n", "three\n");
    repo.git(["tag", "-a", "-m", "x", "inner", three]);
    repo.git(["tag", "-a", "-m", "x", "outer", "inner"]);
    repo.git(["tag", "-a", "-m", "x", "tree", `${one}^{tree}`]);
    repo.git(["tag", "light-tree", `${one}^{tree}`]);
    repo.git(["tag", "-a", "-m", "x", "blob", repo.git(["hash-object", "-w", "--stdin"], { input: "x" })]);
    repo.git(["update-ref", "refs/notes/x", two]);
    repo.git(["symbolic-ref", "refs/heads/nowhere", "refs/heads/gone"]);
    repo.git(["tag", "-d", "inner"]);
    repo.git(["reset", "-q", "--hard", one]);
    expect(subjects(repo)).toEqual(["one"]);
    expect(subjects(repo, "--all")).toEqual(["three", "two", "one"]);
  });

  it("is with --all nothing where nothing was committed yet", () => {
    using scratch = openScratch();
    expect(lines(initRepo(scratch, "r"), "--all")).toEqual([]);
  });

  it("is either all or a range", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    build(repo, "one\n");
    expectFault(countersign(repo, ["log", "--all", "HEAD"]), "OPTION_INVALID", "--all");
  });

  it("is in a bare repository what its HEAD reaches", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    build(repo, "one\n", ASSISTED);
    const bare = initRepo(scratch, "bare.git", ["--bare"]);
    repo.git(["push", "-q", bare.dir, "main"]);
    expect(subjects(bare)).toEqual(["Retry uploads", "one"]);
  });

  it("is not changed by replacement refs, a mailmap or configuration", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    const [one = "", two = ""] = build(repo, "one\n", ASSISTED);
    repo.write({ ".mailmap": "Eve <eve@evil.example> <bob@acme.example>\n" });
    const clean = repo.git(["commit-tree", "-p", one, "-m", "clean", `${two}^{tree}`]);
    repo.git(["replace", two, clean]);
    for (const [key, value] of [
      ["log.mailmap", "true"],
      ["core.useReplaceRefs", "true"],
      ["i18n.logOutputEncoding", "IBM037"],
      ["log.showSignature", "true"],
    ] as const) {
      repo.git(["config", key, value]);
    }
    const [line = ""] = lines(repo, "--format", "jsonl", "-n", "1");
    expect(JSON.parse(line)).toMatchObject({ oid: two, state: "assisted", author: { email: "bob@acme.example" } });
  });
});

describe("hostile commits in the log", () => {
  it("are one line each, in JSON lossless and in text escaped", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    const subject = '::error::x\r\u001b[2K\u202e"\u2028';
    build(repo, `${subject}\n`);
    expect(subjects(repo)).toEqual([subject]);
    const [line, ...rest] = lines(repo);
    expect(rest).toEqual([]);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });

  it("are listed however malformed they are", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    const [parent = ""] = build(repo, "one\n");
    const tree = repo.oid("HEAD^{tree}");
    const author = "author A <a@x> 1 +0000\n";
    const committer = "committer C <c@x> 1 +0000\n";
    const odd = repo.writeCommit(
      `tree ${tree}\nparent ${parent}\n${author}${author}${committer}\ntwo authors\0hidden\n`,
    );
    expect(subjects(repo, odd)).toContain("one");
    expect(subjects(repo, odd)).toHaveLength(2);
  });

  it("keep bytes that are no UTF-8 from breaking a line", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    build(repo, "one\n");
    const head = `tree ${repo.oid("HEAD^{tree}")}\nauthor A <a@x> 1 +0000\ncommitter C <c@x> 1 +0000\n\n`;
    const odd = repo.writeCommit(Buffer.concat([Buffer.from(head), Buffer.from([0x61, 0xff, 0xc3, 0x0a])]));
    expect(subjects(repo, odd)).toEqual(["a\ufffd\ufffd"]);
  });
});

describe("a reader that has seen enough", () => {
  it("ends the log quietly", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    // Far more than a pipe holds.
    const stream = Array.from(
      { length: 20_000 },
      (_, index) => `commit refs/heads/main\ncommitter C <c@x> ${index} +0000\ndata 9\ncommit ${index % 10}\n\n`,
    );
    repo.git(["fast-import", "--quiet"], { input: stream.join("") });
    const command = `"${process.execPath}" "${COUNTERSIGN_BIN}" log --format jsonl | head -n 1`;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
      cwd: repo.dir,
      env: repo.env,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ state: "undeclared" });
    expect(lines(repo)).toHaveLength(20_000);
  });

  it("needs no more memory for a long history than for a short one", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    const body = "x".repeat(2000);
    const stream = Array.from(
      { length: 40_000 },
      (_, index) => `commit refs/heads/main\ncommitter C <c@x> ${index} +0000\ndata ${body.length}\n${body}\n`,
    );
    repo.git(["fast-import", "--quiet"], { input: stream.join("") });
    // 80 MB of messages pass through; the largest heap that is allowed holds a fraction of them.
    const { status, stdout, stderr } = countersign(repo, ["log", "--format", "jsonl"], {
      env: { NODE_OPTIONS: "--max-old-space-size=40" },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.match(/\n/g)).toHaveLength(40_000);
  });
});
