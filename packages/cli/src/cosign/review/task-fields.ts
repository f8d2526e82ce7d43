import type { CommitVerdict } from "@countersign/core";
import { abbreviate } from "@countersign/core/internal";
import { escapeText, field, type Paint, wrapText } from "@countersign/report";
import type { Task } from "../task.ts";

/** Where the work lands, by which policy, and who signs with what. */
export function taskFields(
  { choice, signer, key }: Pick<Task, "choice" | "signer" | "key">,
  paint: Paint,
): readonly string[] {
  const row = (label: string, value: string): readonly string[] => field(label, value, paint);
  const { ref, commit, entry } = choice.policy;
  return [
    ...row("remote", choice.remote === undefined ? "none: it lands in this repository" : escapeText(choice.remote)),
    ...row("policy", `${escapeText(ref)} at ${commit}, ${entry.path}`),
    ...row("signer", `${escapeText(signer.name)} <${escapeText(signer.email)}>`),
    ...row(
      "key",
      key
        ? `${key.entry.type} ${key.key.fingerprint}`
        : "none: the co-sign is declared, not proven; anyone could type it",
    ),
  ];
}

/** What needs co-signs that this person does not give, and why. */
export function leftOutFields({ leftOut }: Pick<Task, "leftOut">, paint: Paint): readonly string[] {
  return leftOut.flatMap(({ verdict, reason }) =>
    field("left out", `${nameCommit(verdict)}: ${escapeText(reason)}`, paint),
  );
}

/** What was co-signed, by whom and with which key. */
export function reportSigned(
  what: string,
  { signer, key }: Pick<Task, "signer" | "key">,
  paint: Paint,
): readonly string[] {
  const proof = key ? `signed with ${key.key.fingerprint}` : "declared, not proven";
  const lines = wrapText("countersign: ", `co-signed ${what} as ${escapeText(signer.email)} (${proof})`);
  return lines.map((line, index) => (index === 0 ? line.replace("co-signed", paint.good("co-signed")) : line));
}

/** A commit in the middle of a line. */
export function nameCommit({ commit, subject }: Pick<CommitVerdict, "commit" | "subject">): string {
  return `${abbreviate(commit)} "${escapeText(subject, 72)}"`;
}
