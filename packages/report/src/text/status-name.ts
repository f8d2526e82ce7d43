/** Whatever a forge might take for another letter: GitHub reads the name of a status without regard to case. */
const ALIKE = /[^!-@[-~]/gu;

/**
 * A branch as it stands in the name of a status. Names that differ stay different for a reader that knows no capitals or
 * accents: `^`, which no branch can hold, says that a letter is a capital one, `Main` being `^main`.
 */
export function spellForStatus(branch: string): string {
  return branch.replace(ALIKE, (letter) =>
    /[A-Z]/.test(letter) ? `^${letter.toLowerCase()}` : `^{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** The name of the status that a branch has to require. */
export function statusName(branch: string): string {
  return `countersign (${spellForStatus(branch)})`;
}
