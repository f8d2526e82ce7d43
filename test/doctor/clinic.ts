import { chmodSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import type { Run } from "../rig/process/run.ts";
import { programLines } from "../rig/process/warm/programs.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { PRE_PUSH_BIN } from "../rig/suite/bins.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

export interface Finding {
  readonly state: "ok" | "advice" | "wrong" | "unclear";
  readonly code?: string;
  readonly what: string;
  readonly why?: string;
  readonly fix?: string;
  readonly details?: readonly string[];
}

/** A world whose engineer has the bin on the PATH and a folder for temporary files, and asks the doctor. */
export interface Clinic extends Disposable {
  readonly world: PushWorld;
  readonly dev: Repo;
  readonly env: NodeJS.ProcessEnv;
  doctor(args?: readonly string[], env?: NodeJS.ProcessEnv): Run;
  /** What the doctor finds, with the exit status. */
  examine(env?: NodeJS.ProcessEnv): { readonly status: number | null; readonly findings: readonly Finding[] };
  /** Writes the hook pre-push of git itself. */
  hook(text: string, mode?: number): string;
}

/** The hook as a person would write it. */
export const HOOK = '#!/bin/sh\nexec countersign-pre-push "$@"\n';

export function openClinic({ policy = POLICY }: { readonly policy?: string | null } = {}): Clinic {
  const world = openPushWorld({ policy });
  const { dev, scratch } = world;
  const bin = join(scratch.dir, "bin");
  writeProgram(join(bin, "countersign-pre-push"), `#!/bin/sh\n${programLines(PRE_PUSH_BIN)}\nexit $status\n`);
  const tmp = join(scratch.dir, "tmp");
  mkdirSync(tmp);
  const env = { ...dev.env, PATH: `${bin}:${dev.env["PATH"]}`, TMPDIR: realpathSync(tmp) };
  const doctor: Clinic["doctor"] = (args = [], more = {}) =>
    countersign(dev, ["doctor", ...args], { env: { ...env, ...more } });
  const clinic: Clinic = {
    world,
    dev,
    env,
    doctor,
    examine(more) {
      const { status, stdout, stderr } = doctor(["--format", "json"], more);
      expect(stderr).toBe("");
      return { status, findings: JSON.parse(stdout).findings };
    },
    hook(text, mode = 0o755) {
      const path = join(dev.dir, ".git/hooks/pre-push");
      writeProgram(path, text, mode);
      return path;
    },
    [Symbol.dispose]: () => world[Symbol.dispose](),
  };
  clinic.hook(HOOK);
  return clinic;
}

export function writeProgram(path: string, text: string, mode = 0o755): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

export function codesOf(findings: readonly Finding[], state: Finding["state"]): readonly (string | undefined)[] {
  return findings.filter((finding) => finding.state === state).map(({ code }) => code);
}

/** What the doctor says of the push. */
export const PROVEN =
  /a push of AI-assisted commits to two branches was refused for both, and an innocent one went through$/;

/** The diagnosis of a hook that does not do its work, and that it is true: a real push of assisted work goes through. */
export function expectUnguarded(clinic: Clinic, code: string, env: NodeJS.ProcessEnv = {}): Finding | undefined {
  const { status, findings } = clinic.examine(env);
  expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: [code] });
  clinic.dev.commit(ASSISTED);
  expect(clinic.dev.try(["push", "origin", "main"], { env: { ...clinic.env, ...env } }).status).toBe(0);
  return findings.find((finding) => finding.code === code);
}

/** Every file below a folder with its bytes. */
export function snapshot(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, readFileSync(path, "latin1")]),
  );
}
