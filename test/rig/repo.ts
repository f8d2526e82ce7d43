import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Run, run } from "./run.ts";
import type { Scratch } from "./scratch.ts";

export interface CommitOptions {
  /** Path to contents; `null` deletes. A file of its own is made where this is absent. */
  readonly files?: Readonly<Record<string, string | Buffer | null>>;
  /** `Name <address>`. */
  readonly author?: string;
  readonly committer?: string;
  /** When it was authored and committed, in a form that git reads. */
  readonly date?: string;
  readonly args?: readonly string[];
}

let counter = 0;

/** A repository of a test: real git in a folder of its own. */
export class Repo {
  readonly dir: string;
  readonly scratch: Scratch;
  /** Variables for every git of this repository, on top of the scratch folder's. */
  readonly env: NodeJS.ProcessEnv;

  constructor(scratch: Scratch, dir: string, person = "Bob Builder <bob@acme.example>") {
    this.scratch = scratch;
    this.dir = dir;
    this.env = { ...scratch.env, ...identity("AUTHOR", person), ...identity("COMMITTER", person) };
  }

  /** Runs git whatever its status is. */
  try(args: readonly string[], { input, env = {} }: { input?: string | Buffer; env?: NodeJS.ProcessEnv } = {}): Run {
    return run("git", args, { cwd: this.dir, env: { ...this.env, ...env }, ...(input === undefined ? {} : { input }) });
  }

  /** Runs git, which must succeed, and returns what it printed without the last line end. */
  git(args: readonly string[], options: { input?: string | Buffer; env?: NodeJS.ProcessEnv } = {}): string {
    const { status, stdout, stderr } = this.try(args, options);
    if (status !== 0) throw new Error(`git ${args.join(" ")} ended with ${status}: ${stderr}`);
    return stdout.replace(/\n$/, "");
  }

  write(files: Readonly<Record<string, string | Buffer | null>>): void {
    for (const [path, contents] of Object.entries(files)) {
      if (contents === null) this.git(["rm", "-q", "--", path]);
      else {
        mkdirSync(dirname(join(this.dir, path)), { recursive: true });
        writeFileSync(join(this.dir, path), contents);
        this.git(["add", "-f", "--", path]);
      }
    }
  }

  /** Makes a commit with exactly this message and returns its id. */
  commit(message: string | Buffer, { files, author, committer, date, args = [] }: CommitOptions = {}): string {
    counter += 1;
    this.write(files ?? { [`file-${counter}.txt`]: `contents ${counter}\n` });
    const env = {
      ...(author === undefined ? {} : identity("AUTHOR", author)),
      ...(committer === undefined ? {} : identity("COMMITTER", committer)),
      ...(date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }),
    };
    const input = typeof message === "string" ? message : message;
    this.git(
      [
        "commit",
        "-q",
        "--no-verify",
        "--allow-empty",
        "--allow-empty-message",
        "--cleanup=verbatim",
        "-F",
        "-",
        ...args,
      ],
      { input, env },
    );
    return this.oid("HEAD");
  }

  oid(revision: string): string {
    return this.git(["rev-parse", "--verify", "--end-of-options", revision]);
  }

  /** Writes a commit object byte for byte, as no `git commit` would. */
  writeCommit(bytes: string | Buffer): string {
    return this.git(["hash-object", "-t", "commit", "-w", "--literally", "--stdin"], { input: bytes });
  }

  /** The id of a ref, or undefined where there is none. */
  ref(name: string): string | undefined {
    const { status, stdout } = this.try(["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
    return status === 0 ? stdout.trim() : undefined;
  }
}

function identity(role: "AUTHOR" | "COMMITTER", person: string): NodeJS.ProcessEnv {
  const [, name = "", email = ""] = /^(.*?) ?<(.*)>$/s.exec(person) ?? [];
  return { [`GIT_${role}_NAME`]: name, [`GIT_${role}_EMAIL`]: email };
}

export function initRepo(scratch: Scratch, name: string, args: readonly string[] = []): Repo {
  const dir = join(scratch.dir, name);
  run("git", ["init", "-q", ...args, dir], { cwd: scratch.dir, env: scratch.env });
  return new Repo(scratch, dir);
}
