import { rmSync } from "node:fs";
import { closeAfter } from "@countersign/core/internal";
import { openGitRepository } from "@countersign/git/internal";
import { describe, expect, it } from "vitest";
import { findHookSite } from "../../packages/git/src/place/hook-site.ts";
import { checkPrePush } from "../../packages/setup/src/doctor/checks/pre-push-hook.ts";
import { type Clinic, HOOK, openClinic } from "./clinic.ts";

/** The git of these tests knows no hooks in its configuration; what follows from its version is told all the same. */
async function examine(clinic: Clinic, gitVersion: string): Promise<readonly (string | undefined)[]> {
  const repository = await openGitRepository(clinic.dev.dir, clinic.env);
  return closeAfter(repository, async ({ context, format }) => {
    const site = await findHookSite(context);
    const { signal } = new AbortController();
    const findings = await checkPrePush({ context, site, format, env: clinic.env, gitVersion, signal });
    return findings.map((finding) => (finding.state === "ok" ? "ok" : finding.code));
  });
}

function configure(clinic: Clinic, settings: Readonly<Record<string, string>> = {}): void {
  const all = { event: "pre-push", command: "countersign-pre-push", ...settings };
  for (const [name, value] of Object.entries(all)) clinic.dev.git(["config", `hook.guard.one.${name}`, value]);
}

describe("a hook in git's configuration", () => {
  it("beside a file that does the same is told to run twice, by a git that runs both", async () => {
    using clinic = openClinic();
    configure(clinic);
    expect(await examine(clinic, "2.54.0")).toEqual(["ok", "HOOK_TWICE"]);
    expect(await examine(clinic, "2.53.9")).toEqual(["ok"]);
  });

  it("that is switched off, or for another event, runs nothing twice", async () => {
    using clinic = openClinic();
    configure(clinic, { enabled: "no" });
    expect(await examine(clinic, "2.54.0")).toEqual(["ok"]);
    clinic.dev.git(["config", "hook.guard.one.enabled", "true"]);
    clinic.dev.git(["config", "hook.guard.one.event", "post-commit"]);
    expect(await examine(clinic, "2.54.0")).toEqual(["ok"]);
  });

  it("that is switched off and stands alone is found", async () => {
    using clinic = openClinic();
    rmSync(clinic.hook(HOOK));
    configure(clinic, { enabled: "false" });
    expect(await examine(clinic, "2.54.0")).toEqual(["CONFIGURED_HOOK_DISABLED", "HOOK_MISSING"]);
  });

  it("that this git should run and does not is found by the push", async () => {
    using clinic = openClinic();
    rmSync(clinic.hook(HOOK));
    configure(clinic);
    expect(await examine(clinic, "2.54.0")).toEqual(["PUSH_UNSEEN"]);
  });
});
