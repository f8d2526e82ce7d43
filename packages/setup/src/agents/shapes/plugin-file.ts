import type { Launcher, OwnFile } from "../installers/installer.ts";
import { stampFor } from "../own-file.ts";
import { dependencyPath, wayToRoot } from "./hook-command.ts";

export interface HookPlugin {
  readonly agent: string;
  /** From the root of the project. */
  readonly path: string;
  /** What has to stand in the first line. */
  readonly firstLine?: string;
  /** TypeScript that calls `mark` with what the agent's own plugin API reports. */
  readonly body: string;
}

/** A plugin in TypeScript that needs no package: it gives each event as JSON to `countersign mark`. */
export function hookPlugin({ agent, path, firstLine, body }: HookPlugin): OwnFile {
  return {
    kind: "own",
    path,
    executable: false,
    text: (launcher) =>
      [
        ...(firstLine === undefined ? [] : [firstLine]),
        `// ${stampFor(agent)}`,
        commonPart(agent, wayToRoot(path), launcher),
        body,
      ].join("\n"),
  };
}

const ON_PATH = 'const program = "countersign";';

function inPackages(path: string): string {
  const parts = path
    .split("/")
    .map((part) => `"${part}"`)
    .join(", ");
  return `/** A linked work tree need not have packages of its own: those of another one serve it. */
function findProgram(): string {
  const trees = spawnSync("git", ["worktree", "list", "--porcelain"], { cwd: root, encoding: "utf8" }).stdout ?? "";
  const folders = [root, ...(trees.match(/^worktree .+/gm) ?? []).map((line) => line.slice("worktree ".length))];
  return folders.map((folder) => join(folder, ${parts})).find(existsSync) ?? "countersign";
}

const program = findProgram();`;
}

function commonPart(agent: string, up: string, launcher: Launcher): string {
  const [children, files] =
    launcher === "path" ? ["spawn", ""] : ["spawn, spawnSync", 'import { existsSync } from "node:fs";\n'];
  return `import { ${children} } from "node:child_process";
${files}import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("${up}", import.meta.url));
${launcher === "path" ? ON_PATH : inPackages(dependencyPath(launcher))}

interface Edit {
  path: string;
  kind: "written" | "deleted";
  written?: unknown;
  replaced?: unknown;
}

interface MarkEvent {
  session: string;
  model?: string | undefined;
  cwd: string;
  phase: "before" | "after";
  call: string;
  shell: boolean;
  edits: Edit[];
}

/** Resolves when the mark is made, and also when it cannot be: a mark must never stop the work. */
function mark(event: MarkEvent): Promise<void> {
  return new Promise<void>((resolve) => {
    // A shell finds the command file that stands for the program on Windows.
    const shell = process.platform === "win32";
    const child = spawn(program, ["mark", "--agent", "${agent}"], {
      cwd: root,
      shell,
      stdio: ["pipe", "ignore", "ignore"],
    });
    const timer = setTimeout(() => child.kill(), 10_000);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    child.on("error", end);
    child.on("close", end);
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify({ countersign: 1, agent: "${agent}", ...event }));
  }).catch(() => {});
}
`;
}
