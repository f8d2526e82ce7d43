import type { Messages, NoData } from "./message.ts";

/** What the commit hooks object to, and how they fail. The message is kept in each. */
export const commitFaults = {
  MESSAGE_UNREADABLE: ({ file, reason }: { file: string; reason: string }) => ({
    what: `the commit message in ${file} cannot be read: ${reason}`,
    why: "the hook works on the file that git names, and on no other",
    fix: 'let git run the hook, or pass its arguments on: countersign-prepare-commit-msg "$@"',
  }),
  MESSAGE_NOT_WRITTEN: ({ file, reason }: { file: string; reason: string }) => ({
    what: `the commit message in ${file} could not be replaced: ${reason}`,
    why: "without its stamp the commit would look like a person's own work",
    fix: "free some disk space or correct the folder's permissions, then commit again; the message is still in that file",
  }),
  MESSAGE_EMPTY: (_: NoData) => ({
    what: "the message holds nothing but the lines that hooks wrote",
    why: "git aborts a commit with an empty message, and a stamp alone is not a message",
    fix: "commit again and write a message",
  }),
  COSIGN_BY_AGENT: ({ agent, sign, line }: { agent: string; sign: string; line: number }) => ({
    what: `line ${line} is a co-sign, typed in a session of the AI agent ${agent} (${sign})`,
    why: "a co-sign says that a person has reviewed the change, and no agent may give it",
    fix: "remove the line and commit again; then stop and ask a person on the roster to run `countersign cosign`",
  }),
  SIGNOFF_BY_AGENT: ({ agent, line }: { agent: string; line: number }) => ({
    what: `line ${line} signs off in the name of the AI agent ${agent}`,
    why: "a sign-off certifies the right to submit the work, which only a person can do",
    fix: "replace the line with `Assisted-by: AGENT:MODEL`; a person signs off with `git commit -s`",
  }),
  MARK_MISSING: ({
    agents,
    reasons,
    lines,
  }: {
    agents: readonly string[];
    reasons: readonly string[];
    lines: readonly string[];
  }) => ({
    what: `the message does not say that ${agents.join(" and ")} took part`,
    details: reasons,
    why: "a push is judged by the message, and without the mark AI-assisted work would look like a person's own",
    fix: `add ${lines.map((line) => `"${line}"`).join(" and ")}, or "Assisted-by: none (REASON)" if that is wrong`,
  }),
  MARKS_UNREADABLE: ({ folder, reason }: { folder: string; reason: string }) => ({
    what: `the agents' marks in ${folder} cannot be listed: ${reason}`,
    why: "they say which of the staged files an agent wrote; without them an AI-assisted commit may not say so",
    fix: "check that the path is a folder and belongs to you; until then add the trailer by hand",
  }),
} as const satisfies Messages;
