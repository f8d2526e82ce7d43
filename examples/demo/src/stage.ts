import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Terminal } from "./terminal.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A server, two people with clones of it, and the hook as they would install it. */
export interface Stage extends Disposable {
  readonly bob: Terminal;
  readonly ada: Terminal;
  /** Who administers the server. */
  readonly admin: Terminal;
  /** The id that the server has for a branch. */
  serverTip(branch: string): string | undefined;
  /** Squashes a branch onto main as the button of a forge does: on the server, with a message of its own, as `squashed`. */
  squash(branch: string, message: string): void;
  /** Writes a file of Bob's work tree; another folder's where the path leads there. */
  write(path: string, contents: string): void;
}

export function openStage(): Stage {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "countersign-demo-")));
  const packages = packAll(dir);
  const home = join(dir, "home");
  mkdirSync(home);
  writeFileSync(join(home, ".gitconfig"), "[init]\n\tdefaultBranch = main\n[advice]\n\tpushUpdateRejected = false\n");
  const tools = join(dir, "tools");
  const own = environment(home, "Admin", "admin@acme.example");
  const admin = new Terminal("admin", dir, { ...own, PATH: `${join(tools, "bin")}:${own["PATH"]}` });
  admin.quietly("npm", "install", "--global", "--prefix", tools, "--no-audit", "--no-fund", "--offline", ...packages);
  admin.quietly("git", "init", "-q", "--bare", "server.git");

  const adaDir = join(dir, "ada");
  const bobDir = join(dir, "bob");
  admin.quietly("git", "clone", "-q", "server.git", "ada");
  const ada = new Terminal("ada", adaDir, environment(home, "Ada Lovelace", "ada@acme.example"));
  adopt(ada, adaDir, packages);
  admin.quietly("git", "clone", "-q", "server.git", "bob");
  const bob = new Terminal("bob", bobDir, environment(home, "Bob Builder", "bob@acme.example"));
  // The `prepare` script of package.json switches the hooks on, as on every engineer's machine.
  bob.quietly("npm", "install", "--no-audit", "--no-fund", "--offline");
  return {
    bob,
    ada,
    admin,
    serverTip: (branch) => {
      const refs = admin.quietly("git", "-C", "server.git", "for-each-ref", "--format=%(refname:short) %(objectname)");
      return refs
        .split("\n")
        .map((line) => line.split(" "))
        .find(([name]) => name === branch)?.[1];
    },
    squash: (branch, message) => {
      const server = (...args: string[]): string => admin.quietly("git", "-C", "server.git", ...args);
      const tree = server("merge-tree", "--write-tree", "main", branch);
      const [name, email] = server("show", "-s", "--format=%an%n%ae", branch).split("\n");
      const author = [`GIT_AUTHOR_NAME=${name}`, `GIT_AUTHOR_EMAIL=${email}`];
      const commit = ["git", "-C", "server.git", "commit-tree", "-p", "main", "-m", message, tree];
      server("update-ref", "refs/heads/squashed", admin.quietly("env", ...author, ...commit));
    },
    write: (path, contents) => writeFileSync(join(bobDir, path), contents),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Packs what would be published: the program with its hooks as it was built, and husky as it is installed here. */
function packAll(dir: string): readonly string[] {
  const to = join(dir, "packages");
  mkdirSync(to);
  for (const folder of ["packages/cli", "node_modules/husky"]) {
    const copy = join(dir, "copy");
    cpSync(join(ROOT, folder), copy, {
      recursive: true,
      dereference: true,
      filter: (path) => !path.endsWith("node_modules"),
    });
    new Terminal("admin", copy, process.env).quietly("npm", "pack", "--silent", "--pack-destination", to);
    rmSync(copy, { recursive: true });
  }
  return readdirSync(to).map((file) => join(to, file));
}

/** What the team lead does once: the program, the policy, the hooks, all of it committed. */
function adopt(ada: Terminal, dir: string, packages: readonly string[]): void {
  writeFileSync(join(dir, "package.json"), '{ "name": "payments", "private": true }\n');
  ada.quietly("npm", "install", "--save-dev", "--no-audit", "--no-fund", "--offline", ...packages);
  writeFileSync(join(dir, ".gitignore"), "node_modules/\n");
  ada.quietly("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada@laptop", "-f", "../ada-key");
  ada.quietly("git", "config", "user.signingKey", join(dir, "../ada-key"));
  const key = readFileSync(join(dir, "../ada-key.pub"), "utf8").trim();
  const policy = readFileSync(fileURLToPath(new URL("../countersign.config.yaml", import.meta.url)), "utf8");
  // The file holds a key that nobody has any more; here it is Ada's.
  writeFileSync(join(dir, "countersign.config.yaml"), policy.replace(/ssh-ed25519 .*/, key));
  ada.quietly("npx", "countersign", "init", "--yes");
  ada.quietly("git", "add", ".");
  ada.quietly("git", "commit", "-q", "-m", "Adopt countersign");
  ada.quietly("git", "push", "-q", "origin", "main");
}

function environment(home: string, name: string, email: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: home,
    LC_ALL: "C.UTF-8",
    TERM: "xterm",
    GIT_CONFIG_NOSYSTEM: "1",
    NO_COLOR: "1",
    npm_config_update_notifier: "false",
    npm_config_progress: "false",
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}
