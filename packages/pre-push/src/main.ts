import { readFileSync } from "node:fs";
import { asFault } from "@countersign/core/internal";
import { currentDirectory, sayLines } from "@countersign/git/internal";
import { escapeLine, formatDecision, formatMessage, PLAIN } from "@countersign/report";
import { prePush } from "./pre-push.ts";

const EXIT = { allow: 0, deny: 1, undecided: 2 } as const;

export async function main(): Promise<void> {
  try {
    const [remote = "", url = "", ...options] = process.argv.slice(2);
    const { decision, notices } = await prePush({
      remote,
      url,
      stdin: await readStdin(),
      handsOn: options.includes("--stdin-handed-on"),
      cwd: currentDirectory(process),
      env: process.env,
    });
    sayLines(
      process,
      notices.map((notice) => `countersign: ${escapeLine(notice)}`),
    );
    sayLines(process, formatDecision(decision, PLAIN));
    process.exitCode = EXIT[decision.outcome];
  } catch (error) {
    refuse(error);
  }
}

function refuse(error: unknown): void {
  sayLines(process, ["countersign: cannot decide, so the push is refused", ...formatMessage(asFault(error), PLAIN)]);
  process.exitCode = EXIT.undecided;
}

process.on("uncaughtException", refuse);

/** Read at once: a stream costs several milliseconds to set up. Only a descriptor that does not block needs one. */
async function readStdin(): Promise<string> {
  try {
    return readFileSync(0, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  }
}
