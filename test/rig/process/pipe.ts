import { execFileSync } from "node:child_process";

/** Makes pipes with names. */
export function makePipes(...paths: readonly string[]): void {
  execFileSync("mkfifo", paths);
}
