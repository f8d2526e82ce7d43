import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { findTrailerBlock } from "./block.ts";

const SCISSORS = "# ------------------------ >8 ------------------------\n";

/** The message in three parts: what stands above the trailers, the trailers, and what comes behind them. */
function parts(message: string): string[] {
  const { start, end } = findTrailerBlock(encodeText(message));
  return [message.slice(0, start), message.slice(start, end), message.slice(end)];
}

it.each<[behind: string]>([
  [""],
  ["\n"],
  ["\n\n"],
  ["# On branch main\n"],
  ["#\n\n# note\n"],
  ["\n# note\n"],
  ["Conflicts:\n\ta.txt\n"],
  ["\nConflicts:\n\ta.txt\n\n\tb.txt\n# note\n"],
  [`${SCISSORS}Acked-by: B\n`],
  [`\n${SCISSORS}# note\n`],
])("trailers end where %j begins", (behind) => {
  expect(parts(`Subject\n\nK: v\n${behind}`)).toEqual(["Subject\n\n", "K: v\n", behind]);
});

it.each([
  ["a title", "Subject\n", ""],
  ["prose", "Subject\n\nBody\n", ""],
  ["prose with tabs", "Subject\n\n\tindented\n", ""],
  ["tabs below a list of conflicts and text", "S\n\nConflicts:\n\ta\nText\n\n\tindented\n", ""],
  ["prose and comments", "Subject\n\nBody\n", "# note\n"],
  ["a comment and tabs", "# note\n\tindented\n", ""],
  ["comments and a list of conflicts", "", "# note\nConflicts:\n\ta.txt\n"],
  ["comments alone", "", "# note\n#\n"],
  ["a list of conflicts alone", "", "Conflicts:\n\ta.txt\n"],
  ["nothing", "", ""],
])("a message of %s has none, and they would go behind its text", (_, text, behind) => {
  expect(parts(text + behind)).toEqual([text, "", behind]);
});
