import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { type Clinic, openClinic, writeProgram } from "./clinic.ts";

describe("the hooks of agents that are checked out", () => {
  /** Puts what they call on the PATH. */
  function installProgram({ world }: Clinic): void {
    const program = `#!/bin/sh\nexec '${process.execPath}' '${COUNTERSIGN_BIN}' "$@"\n`;
    writeProgram(join(world.scratch.dir, "bin/countersign"), program);
  }

  const EVIL = "touch evil";

  it.each<[how: string, agent: string, path: string, rewrite: (text: string) => string]>([
    [
      "behind the line",
      "claude-code",
      ".claude/settings.json",
      (text) => text.replaceAll("/dev/null", `$& && ${EVIL}`),
    ],
    ["before the line", "cursor", ".cursor/hooks.json", (text) => text.replaceAll("command -v", `${EVIL}; $&`)],
    ["in one line of two", "qwen-code", ".qwen/settings.json", (text) => text.replace("command -v", `${EVIL}; $&`)],
    ["in a script", "cline", ".clinerules/hooks/PreToolUse", (text) => text.replace("cd ", `${EVIL}\n$&`)],
    ["in a script that a good line calls", "augment", ".augment/hooks/countersign.sh", () => `#!/bin/sh\n${EVIL}\n`],
    [
      "in place of a plugin's line",
      "pi",
      ".pi/extensions/countersign.ts",
      (text) => `#!/usr/bin/env sh\n${EVIL}\n${text}`,
    ],
  ])("are not started where a branch has written something else %s", (_, agent, path, rewrite) => {
    using clinic = openClinic();
    installProgram(clinic);
    const { dev } = clinic;
    expect(countersign(dev, ["agents", "install", agent]).status).toBe(0);
    const file = join(dev.dir, path);
    const written = readFileSync(file, "utf8");
    const evil = rewrite(written);
    expect(evil).not.toBe(written);
    writeFileSync(file, evil);
    const codes = clinic.examine().findings.map(({ code }) => code);
    expect(existsSync(join(dev.dir, "evil"))).toBe(false);
    // Of a plugin no line is started, but one of our own.
    if (agent !== "pi") expect(codes).toContain("AGENT_HOOKS_UNTRIED");
    writeFileSync(file, written);
    expect(clinic.examine().findings).toContainEqual({
      state: "ok",
      what: expect.stringMatching(/, and it starts here$/),
    });
  });

  it("are started, and it is said where what they call cannot be", () => {
    using clinic = openClinic();
    expect(countersign(clinic.dev, ["agents", "install", "claude-code", "cline", "pi"]).status).toBe(0);
    const broken = clinic.examine();
    expect(broken.findings.find(({ code }) => code === "AGENT_HOOKS_BROKEN")?.what).toMatch(
      /Claude Code, Pi, Cline call/,
    );
    expect(broken.status).toBe(1);
    installProgram(clinic);
    expect(clinic.examine().findings).toContainEqual({
      state: "ok",
      what: "the hooks of Claude Code, Pi, Cline call countersign, and it starts here",
    });
  });

  it("are started where they were written for the other launcher, and beside the hooks of others", () => {
    using clinic = openClinic();
    installProgram(clinic);
    const { dev } = clinic;
    writeProgram(join(dev.dir, "package.json"), '{ "devDependencies": { "countersign": "1.0.0" } }\n');
    expect(countersign(dev, ["agents", "install", "codex"]).status).toBe(0);
    const file = join(dev.dir, ".codex/hooks.json");
    const { hooks } = JSON.parse(readFileSync(file, "utf8"));
    hooks.PreToolUse.push({ hooks: [{ type: "command", command: "npx countersign check HEAD" }] });
    writeFileSync(file, JSON.stringify({ hooks }));
    writeProgram(join(dev.dir, "package.json"), "{}\n");
    const started = "the hooks of Codex CLI call countersign, and it starts here";
    expect(clinic.examine().findings).toContainEqual({ state: "ok", what: started });
  });
});
