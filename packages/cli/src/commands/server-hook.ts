import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CountersignError } from "@countersign/core";
import type { ExitCode } from "@countersign/core/internal";
import { findHookSite, type HookSite, withoutRepository, withRepository } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { installServerHook, type ServerHookChange, uninstallServerHook } from "@countersign/setup";
import { type CommandContext, printLines } from "../context.ts";

const WORDS: Readonly<Record<ServerHookChange["done"], string>> = {
  written: "written",
  renewed: "written again, for this version and this node",
  "as it was": "there already",
  removed: "removed",
  absent: "not there",
};

/** Has a bare repository judge every push by this very program. */
export function installOnServer(context: CommandContext, path: string): Promise<ExitCode> {
  return onServer(context, path, (site) => {
    const { path: hook, done, other } = installServerHook(site, process.execPath, findHookProgram());
    return [
      `countersign: ${escapeText(hook)}: ${WORDS[done]}`,
      ...(other === undefined ? [] : [`  after it runs ${escapeText(other)}`]),
      "next: `countersign doctor --server` in that repository pushes to a copy of its set-up and reports whether the push is judged",
    ];
  });
}

export function uninstallOnServer(context: CommandContext, path: string): Promise<ExitCode> {
  return onServer(context, path, (site) => {
    const { path: hook, done, other } = uninstallServerHook(site);
    const back = other === undefined ? "" : "; the hook that it called is back in its place";
    return [`countersign: ${escapeText(hook)}: ${WORDS[done]}${back}`];
  });
}

function onServer(
  context: CommandContext,
  path: string,
  change: (site: HookSite) => readonly string[],
): Promise<ExitCode> {
  const place = { cwd: resolve(context.cwd, path), env: withoutRepository(context.env) };
  return withRepository<ExitCode>(place, async (repository) => {
    const site = await findHookSite(repository.context);
    if (!site.bare) {
      const problem = "this repository has a work tree; name the bare one that people push to";
      throw new CountersignError("OPTION_INVALID", { option: path, problem });
    }
    await printLines(context.stdout, change(site));
    return 0;
  });
}

/** The bundled hook, which lies beside the program that runs. */
function findHookProgram(): string {
  const folder = dirname(realpathSync(process.argv[1] ?? ""));
  const program = join(folder, "pre-receive.js");
  if (!existsSync(program)) throw new CountersignError("HOOK_NOT_INSTALLED", { bin: "pre-receive.js", folder });
  return program;
}
