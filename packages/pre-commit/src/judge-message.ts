import { CountersignError, detectInMessage, type Policy } from "@countersign/core";
import type { AgentSession } from "@countersign/core/internal";
import type { GitContext, HookAnswer } from "@countersign/git/internal";
import { escapeLine, formatMessage, PLAIN } from "@countersign/report";
import { findMissingMarks, noteMissing, objectToMissing, wasTold } from "./check/missing-marks.ts";
import { adviseOnKeys, objectToMissingDisclosure, objectToSignOffs } from "./check/objections.ts";
import { objectToCosigns } from "./check/typed-cosigns.ts";
import { SILENT } from "./main.ts";
import { readCleanup } from "./message/cleanup.ts";
import { isEmptyButForStamps, isEmptyMessage } from "./message/empty-message.ts";
import type { GitCommand } from "./message/git-command.ts";
import { readCleaned } from "./message/layout.ts";
import { resumeCommand } from "./message/resume-command.ts";
import type { Assistance } from "./provenance/assistances.ts";
import { findSourceCommits } from "./provenance/source-commits.ts";
import type { Staged } from "./provenance/staged.ts";

/** A message that someone wrote, and what is known of its commit. */
export interface WrittenMessage {
  readonly context: GitContext;
  readonly gitDir: string;
  readonly file: string;
  /** As it stands in the file. */
  readonly message: Uint8Array;
  readonly command: GitCommand;
  /** Where it may ask for disclosure. */
  readonly policy: Policy | undefined;
  /** The agent that runs git, if one does. */
  readonly session: AgentSession | undefined;
  readonly staged: Staged;
  /** Who took part, as far as is known. */
  readonly known: readonly Assistance[];
}

/** Finds what must not become a commit, and what could be written better. */
export async function judgeMessage(written: WrittenMessage): Promise<HookAnswer> {
  const { context, gitDir, file, message: stored, command, policy, session, staged } = written;
  const cleanup = await readCleanup(context, stored, command);
  const message = readCleaned(stored, cleanup);
  // git abandons such a commit itself.
  if (message.length === 0) return SILENT;

  const provenance = detectInMessage(message);
  const sources = findSourceCommits({ gitDir, command });
  const known = isEmptyMessage(stored, message, cleanup) ? [] : written.known;
  const missing = await findMissingMarks(context, message, known, cleanup);
  // A person is asked once; an agent is not asked.
  const stops = missing.length > 0 && (session !== undefined || !(await wasTold(gitDir, message, staged)));
  const objections = [
    ...((await isEmptyButForStamps(context, message, cleanup, command))
      ? [new CountersignError("MESSAGE_EMPTY", {})]
      : []),
    ...(session ? await objectToCosigns({ context, gitDir, message }, session, sources) : []),
    ...objectToSignOffs(provenance),
    ...(stops ? [objectToMissing(missing)] : []),
    ...(await objectToMissingDisclosure(context, message, policy)),
  ];
  const notes = [...(stops ? [] : noteMissing(missing)), ...adviseOnKeys(message, provenance)];
  const advice = notes.map((line) => escapeLine(`countersign: ${line}`));
  if (objections.length === 0) return { outcome: "allow", lines: advice };
  return {
    outcome: "deny",
    lines: [
      "countersign: the commit is stopped",
      ...objections.flatMap((objection) => formatMessage(objection, PLAIN)),
      ...advice,
      escapeLine(
        `countersign: the message is kept; to go on with it: ${resumeCommand(file, command, cleanup, stops && objections.length === 1 ? missing : [])}`,
      ),
    ],
  };
}
