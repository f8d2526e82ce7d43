import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Run, run } from "../process/run.ts";
import type { Scratch } from "./scratch.ts";
import { fillFromTemplate } from "./template.ts";

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

  /** Where the refs and the hooks are. */
  get commonDir(): string {
    return this.#ownDir ?? this.git(["rev-parse", "--path-format=absolute", "--git-common-dir"]);
  }

  /** Where what is this work tree's alone is, such as the message of a commit that was begun. */
  get gitDir(): string {
    return this.#ownDir ?? this.git(["rev-parse", "--absolute-git-dir"]);
  }

  /** Where everything is, unless this is a linked work tree or has its repository elsewhere. */
  get #ownDir(): string | undefined {
    if (existsSync(join(this.dir, "objects"))) return this.dir;
    const own = join(this.dir, ".git");
    return statSync(own, { throwIfNoEntry: false })?.isDirectory() ? own : undefined;
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
    const gone = Object.keys(files).filter((path) => files[path] === null);
    if (gone.length > 0) this.git(["rm", "-q", "--", ...gone]);
    const written = Object.entries(files).filter((entry): entry is [string, string | Buffer] => entry[1] !== null);
    for (const [path, contents] of written) {
      mkdirSync(dirname(join(this.dir, path)), { recursive: true });
      writeFileSync(join(this.dir, path), contents);
    }
    if (written.length > 0) this.git(["add", "-f", "--", ...written.map(([path]) => path)]);
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
      { input: message, env },
    );
    return this.oid("HEAD");
  }

  oid(revision: string): string {
    return this.#readRef(revision) ?? this.git(["rev-parse", "--verify", "--end-of-options", revision]);
  }

  /** Writes a commit object byte for byte, as no `git commit` would. */
  writeCommit(bytes: string | Buffer): string {
    return this.git(["hash-object", "-t", "commit", "-w", "--literally", "--stdin"], { input: bytes });
  }

  /** The id of a ref, or undefined where there is none. */
  ref(name: string): string | undefined {
    const known = this.#readRef(name);
    if (known !== undefined) return known;
    const { status, stdout } = this.try(["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
    return status === 0 ? stdout.trim() : undefined;
  }

  /** HEAD or a ref by its full name, where it stands in a file of its own: most do, and no git has to be started. */
  #readRef(name: string): string | undefined {
    if (!/^(?:HEAD|refs(?:\/[\w-]+)+)$/.test(name)) return undefined;
    for (const folder of [this.dir, join(this.dir, ".git")]) {
      const file = join(folder, name);
      if (!existsSync(join(folder, "objects")) || !existsSync(file)) continue;
      const text = readFileSync(file, "utf8").trim();
      return /^[0-9a-f]{40,64}$/.test(text) ? text : this.#readRef(text.replace(/^ref: /, ""));
    }
    return undefined;
  }
}

function identity(role: "AUTHOR" | "COMMITTER", person: string): NodeJS.ProcessEnv {
  const [, name = "", email = ""] = /^(.*?) ?<(.*)>$/s.exec(person) ?? [];
  return { [`GIT_${role}_NAME`]: name, [`GIT_${role}_EMAIL`]: email };
}

export function initRepo(scratch: Scratch, name: string, args: readonly string[] = []): Repo {
  const dir = join(scratch.dir, name);
  if (args.some((arg) => arg.startsWith("--separate-git-dir"))) {
    // What lies elsewhere is not copied along.
    run("git", ["init", "-q", ...args, dir], { cwd: scratch.dir, env: scratch.env });
    return new Repo(scratch, dir);
  }
  fillFromTemplate(dir, ["init", ...args], (folder, { env }) => {
    run("git", ["init", "-q", ...args, folder], { cwd: folder, env });
  });
  return new Repo(scratch, dir);
}
