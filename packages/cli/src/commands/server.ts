import type { Command } from "commander";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";

/** The table of the commands about a repository that people push to. What they do is loaded when one is called for. */
export function addServerCommands(program: Command, start: Start): void {
  const server = program
    .command("server")
    .description("judge every push where it arrives: the hook of a bare repository")
    .helpCommand(false)
    .addHelpText("after", examples("server install /srv/git/payments.git"));
  server
    .command("install")
    .description("install the pre-receive hook of a bare repository; leaves another hook there alone")
    .argument("[path]", "the bare repository", ".")
    .action((path) => start(async (context) => (await import("./server-hook.ts")).installOnServer(context, path)))
    .addHelpText("after", examples("server install /srv/git/payments.git", "server install"));
  server
    .command("uninstall")
    .description("remove the hook again")
    .argument("[path]", "the bare repository", ".")
    .action((path) => start(async (context) => (await import("./server-hook.ts")).uninstallOnServer(context, path)))
    .addHelpText("after", examples("server uninstall /srv/git/payments.git"));
}
