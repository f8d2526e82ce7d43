import { spawnSync } from "node:child_process";
import { cpus, totalmem } from "node:os";

/** What the numbers were measured on: nothing of it names the machine or a place on it. */
export function describeMachine(node: string): readonly string[] {
  const [processor] = cpus();
  const ask = (program: string, ...args: string[]): string =>
    spawnSync(program, args, { encoding: "utf8" }).stdout.trim();
  return [
    `${processor?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${process.platform} ${process.arch}, ${ask("git", "--version").replace("version ", "")}`,
    `Node ${ask(node, "--version").slice(1)}`,
  ];
}
