import { join } from "node:path";
import { readText } from "./files/file-state.ts";
import type { NpmProject } from "./npm-project.ts";

/** The program that installs a project's packages, as far as hooks depend on it. */
export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** What people type after they clone. */
  readonly install: string;
  /** The script of package.json that it runs then. */
  readonly script: "prepare" | "postinstall";
  /** Where it is set to run no script, the file that sets that. */
  readonly scriptsOff: string | undefined;
  /** Whether it installs programs where no hook finds them: Yarn's Plug'n'Play has no `node_modules`. */
  readonly plugAndPlay: boolean;
}

/** What a project is installed with, by what it declares, else by the files that each program leaves. */
export function findPackageManager(root: string, { folder, manifest }: NpmProject): PackageManager {
  const read = (file: string): string => readText(join(root, folder, file)) || readText(join(root, file));
  const lock = read("yarn.lock");
  const [declared, version = "0"] = declaredManager(manifest)?.split("@") ?? [];
  const name =
    PROGRAMS.find((program) => program === declared) ?? PROGRAMS.find((program) => TRACES[program].some(read)) ?? "npm";
  const modern =
    name === "yarn" &&
    (declared === "yarn"
      ? Number.parseInt(version, 10) !== 1
      : read(".yarnrc.yml") !== "" || /^__metadata:/m.test(lock));
  const off = OFF[name].find(([file, pattern]) => pattern.test(read(file)));
  return {
    name,
    install: `${name} install`,
    // Yarn 2 and newer run `prepare` only for what is about to be published.
    script: modern ? "postinstall" : "prepare",
    // Those run a project's own scripts whatever is set.
    scriptsOff: modern ? undefined : off?.[0],
    plugAndPlay: modern && !/^nodeLinker:\s*["']?(?:node-modules|pnpm)\b/m.test(read(".yarnrc.yml")),
  };
}

const PROGRAMS = ["yarn", "pnpm", "bun", "npm"] as const;

const TRACES: Readonly<Record<PackageManager["name"], readonly string[]>> = {
  yarn: ["yarn.lock", ".yarnrc.yml"],
  pnpm: ["pnpm-lock.yaml", "pnpm-workspace.yaml"],
  bun: ["bun.lock", "bun.lockb", "bunfig.toml"],
  npm: ["package-lock.json"],
};

const NPMRC = [".npmrc", /^[ \t]*ignore-scripts[ \t]*(?:=[ \t]*["']?true["']?[ \t]*)?\r?$/m] as const;

/** Settings by which each runs no scripts. */
const OFF: Readonly<Record<PackageManager["name"], readonly (readonly [file: string, pattern: RegExp])[]>> = {
  npm: [NPMRC],
  pnpm: [NPMRC, ["pnpm-workspace.yaml", /^ignoreScripts:\s*["']?true\b/m]],
  yarn: [NPMRC, [".yarnrc", /^[ \t]*(?:--install\.|--)?ignore-scripts[ \t]+["']?true\b/m]],
  bun: [["bunfig.toml", /^[ \t]*ignoreScripts[ \t]*=[ \t]*true\b/m]],
};

function declaredManager({ packageManager, devEngines }: NpmProject["manifest"]): string | undefined {
  if (typeof packageManager === "string") return packageManager;
  const engine: unknown = Object(devEngines).packageManager;
  const { name, version = "" } = Object(Array.isArray(engine) ? engine[0] : engine) as {
    name?: unknown;
    version?: unknown;
  };
  return typeof name === "string" ? `${name}@${String(version).replace(/^[^0-9]*/, "")}` : undefined;
}
