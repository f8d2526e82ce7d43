import { describe, expect, it } from "vitest";
import type { Cleanup } from "./cleanup.ts";
import { insertTrailers, readLayout, withoutComments } from "./layout.ts";

const STAMP = "Assisted-by: Kiro";
const SIGNED = "Signed-off-by: Bob <bob@acme.example>";
const SCISSORS = " ------------------------ >8 ------------------------\n";

const EDITED: Cleanup = { comment: "#", strips: true, cuts: true, verbatim: false, edited: true };
const TYPED: Cleanup = { comment: "#", strips: false, cuts: false, verbatim: false, edited: false };
const KEPT: Cleanup = { comment: "#", strips: false, cuts: true, verbatim: false, edited: true };

function insert(message: string, cleanup: Cleanup): string {
  return Buffer.from(insertTrailers(readLayout(Buffer.from(message), cleanup), [STAMP], cleanup)).toString();
}

describe("a stamp", () => {
  it.each<[what: string, cleanup: Cleanup, before: string, after: string]>([
    ["comes below a subject", TYPED, "Mend\n", `Mend\n\n${STAMP}\n`],
    ["comes below a subject without a line end", TYPED, "Mend", `Mend\n\n${STAMP}\n`],
    ["joins the trailers", TYPED, `Mend\n\n${SIGNED}\n`, `Mend\n\n${SIGNED}\n${STAMP}\n`],
    ["joins trailers without a line end", TYPED, `Mend\n\n${SIGNED}`, `Mend\n\n${SIGNED}\n${STAMP}\n`],
    ["comes below prose", TYPED, "Mend\n\nIt squeaked.\n", `Mend\n\nIt squeaked.\n\n${STAMP}\n`],
    ["keeps blank lines at the end", TYPED, "Mend\n\n\n", `Mend\n\n${STAMP}\n\n\n`],
    ["comes below lines that only look like comments", TYPED, "Mend\n\n#123\n", `Mend\n\n#123\n\n${STAMP}\n`],
    [
      "comes below a list of conflicts",
      TYPED,
      `Mend\n\n${SIGNED}\n\nConflicts:\n\ta\n`,
      `Mend\n\n${SIGNED}\n\nConflicts:\n\ta\n\n${STAMP}\n`,
    ],
    ["leaves room for the subject", EDITED, "\n# Please\n#\n", `\n\n${STAMP}\n\n# Please\n#\n`],
    ["comes above comments", EDITED, "Mend\n\n# Please\n#\n", `Mend\n\n${STAMP}\n\n# Please\n#\n`],
    [
      "joins the trailers above comments",
      EDITED,
      `Mend\n\n${SIGNED}\n# Please\n`,
      `Mend\n\n${SIGNED}\n${STAMP}\n# Please\n`,
    ],
    ["passes over comments within the text", EDITED, "Mend\n# a\nmore\n# b\n", `Mend\n# a\nmore\n\n${STAMP}\n# b\n`],
    [
      "comes above the scissors",
      EDITED,
      `Mend\n\n# Please\n#${SCISSORS}diff --git a b\n`,
      `Mend\n\n${STAMP}\n\n# Please\n#${SCISSORS}diff --git a b\n`,
    ],
    ["comes above hints that git would keep", KEPT, "Mend\n\n# Please\n", `Mend\n\n${STAMP}\n\n# Please\n`],
    [
      "comes below a number that git would keep",
      KEPT,
      "Mend\n#12\n\n# Please\n",
      `Mend\n#12\n\n${STAMP}\n\n# Please\n`,
    ],
    [
      "takes no scissors from a message that nobody edits",
      TYPED,
      `Mend\n\n#${SCISSORS}more\n`,
      `Mend\n\n#${SCISSORS}more\n\n${STAMP}\n`,
    ],
    [
      "goes by another comment character",
      { ...EDITED, comment: ";" },
      "Mend\n\n#1\n; Please\n",
      `Mend\n\n#1\n\n${STAMP}\n; Please\n`,
    ],
    [
      "goes by a longer comment string",
      { ...EDITED, comment: "//" },
      "Mend\n// Please\n",
      `Mend\n\n${STAMP}\n// Please\n`,
    ],
    ["keeps carriage returns", TYPED, "Mend\r\n\r\nIt squeaked.\r\n", `Mend\r\n\r\nIt squeaked.\r\n\n${STAMP}\n`],
  ])("%s", (_, cleanup, before, after) => {
    expect(insert(before, cleanup)).toBe(after);
  });
});

it.each<[what: string, cleanup: Cleanup, stored: string, read: string]>([
  ["without comments", EDITED, "Mend\n# a\nmore\n# b\n", "Mend\nmore\n"],
  ["with comments that git keeps", TYPED, "Mend\n# a\n", "Mend\n# a\n"],
  ["without a diff", EDITED, `Mend\n#${SCISSORS}diff\n`, "Mend\n"],
  ["with bytes that are no text", TYPED, "Mend\n\0\n", "Mend\n\0\n"],
])("a message is read %s", (_, cleanup, stored, read) => {
  expect(Buffer.from(withoutComments(readLayout(Buffer.from(stored), cleanup), cleanup)).toString()).toBe(read);
});
