import { decodeText, startsWithAscii } from "../../bytes.ts";
import { isObjectId, type ObjectId } from "../../object/oid.ts";
import { readMessageLines } from "./message-lines.ts";

/** A commit that a message says to take back. */
export interface RevertedCommit {
  readonly oid: ObjectId;
  /** The line that says so, counted from 1. */
  readonly line: number;
  readonly text: string;
}

const SAYS = "reverts commit";
const LETTER_V = 0x76;
const REVERTS = /^this reverts commits? (.*)/i;

/**
 * The commits of which the message says `This reverts commit …`, as `git revert` writes it. Only full ids: a short one may
 * name another commit tomorrow. What a quotation or an example says, the message does not.
 */
export function findReverted(message: Uint8Array): readonly RevertedCommit[] {
  if (!mentionsRevert(message)) return [];
  return [...readMessageLines(decodeText(message))].flatMap(({ number, text, standing }) => {
    if (standing === "example") return [];
    // `, reversing changes made to …` names the parent of a merge that is kept.
    const said = REVERTS.exec(text)?.[1]?.split(", reversing", 1)[0] ?? "";
    const ids = said
      .toLowerCase()
      .split(/[^0-9a-z]+/)
      .filter(isObjectId);
    return ids.map((oid) => ({ oid, line: number, text }));
  });
}

/** Spares nearly every commit the reading. */
function mentionsRevert(message: Uint8Array): boolean {
  for (let at = message.indexOf(LETTER_V); at >= 0; at = message.indexOf(LETTER_V, at + 1)) {
    if (startsWithAscii(message, SAYS, at - SAYS.indexOf("v"))) return true;
  }
  return false;
}
