#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { CountersignError, escapeLine, formatDecision, formatError, isCountersignError, PLAIN } from "@countersign/core";
import { prePush } from "./pre-push.ts";

const EXIT = { allow: 0, deny: 1, undecided: 2 } as const;

// Whatever ends this process early, a promise that never settles included, ends it as "could not decide".
process.exitCode = EXIT.undecided;

const say = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
};
// A reader that went away must not turn a refusal into a crash, or a crash into a pass.
process.stderr.on("error", () => {});

try {
  const [remote = "", url = ""] = process.argv.slice(2);
  const stdin = await text(process.stdin);
  const { decision, notices } = await prePush({ remote, url, stdin, cwd: process.cwd(), env: process.env });
  say(notices.map((notice) => `countersign: ${escapeLine(notice)}`));
  say(formatDecision(decision, PLAIN));
  process.exitCode = EXIT[decision.outcome];
} catch (error) {
  const known = isCountersignError(error) ? error : new CountersignError("DEFECT", { reason: String(error) }, { cause: error });
  say(["countersign: cannot decide, so the push is refused", ...formatError(known, PLAIN)]);
}
