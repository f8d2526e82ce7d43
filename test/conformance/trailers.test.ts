import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseTrailers } from "@countersign/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";

const MESSAGES = 100_000;
const SENTINEL = "Sentinel: between messages";

/** Lines and fragments that git's grammar treats differently; random text alone would meet none of its corners. */
const line = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\t",
    "  \t ",
    "prose",
    "more prose here",
    "Signed-off-by: A <a@x>",
    "signed-off-by: a",
    "Signed-off-by:a",
    "(cherry picked from commit 1234)",
    "Co-signed-by: Ada <ada@x>",
    "co-SIGNED-by : Ada <ada@x>",
    "Co-signed-by:",
    "Key\t : v",
    "Co_signed_by: x",
    "Co signed by: x",
    "Co-signed-by= x",
    " Co-signed-by: x",
    "\tfolded",
    " folded: too",
    "a: b",
    "a:b:c",
    ": v",
    "-: v",
    "9: v",
    "# comment",
    "#1 fixes",
    "# key: value",
    "---",
    "--- a/file",
    "----",
    "# ------------------------ >8 ------------------------",
    "Conflicts:",
    "\tpath",
    "Conflicts: x",
    "Key: value\r",
    "\r",
    "x\ry: z",
    "Кey: v",
    "Key\u00a0: v",
    "Key: v\u2028Co-signed-by: A",
    "\ufeffKey: v",
    "\v",
    "\f",
    "Key: \v",
    "https://x",
    "Link: https://x",
  ),
  fc.stringMatching(/^[ -~]{0,20}$/),
  fc.stringMatching(/^[A-Za-z-]{1,8}[ \t]{0,2}: ?[ -~]{0,8}$/),
);
const message = fc
  .tuple(fc.array(line, { minLength: 0, maxLength: 14 }), fc.constantFrom("\n", "\n", "\r\n"))
  .map(([lines, end]) => lines.join(end));

function show(text: string): string {
  return parseTrailers(Buffer.from(text))
    .map(({ key, value }) => `${key}: ${Buffer.from(value).toString()}\n`)
    .join("");
}

/** git keeps the CR of a CRLF at which a value is folded. It is part of the line's end, and we take it for that. */
function withoutFoldedCr(answer: string | undefined): string | undefined {
  return answer?.replaceAll("\r ", " ");
}

function generate(count: number): string[] {
  return fc
    .sample(fc.tuple(message, fc.constantFrom("", "\n", "\n\n", "\n \n")), { numRuns: count, seed: 20261123 })
    .map(([text, end]) => text + end);
}

/** What `git log` prints for stored commits with these messages: one fast-import, one log. */
function askLog(repo: Repo, messages: readonly string[]): readonly string[] {
  const stream = messages.map((text, index) => {
    const data = Buffer.from(text);
    return Buffer.concat([
      Buffer.from(`commit refs/heads/main\ncommitter A <a@x> ${1_700_000_000 + index} +0000\ndata ${data.length}\n`),
      data,
      Buffer.from("\n"),
    ]);
  });
  repo.git(["fast-import", "--quiet"], { input: Buffer.concat(stream) });
  const format = "--format=%x01%(trailers:only,unfold)%x02";
  const output = repo.git(["log", "--reverse", "-z", format, "main"]);
  return output
    .split("\x01")
    .slice(1)
    .map((part) => part.slice(0, part.indexOf("\x02")));
}

it(`finds the trailers that git log finds in ${MESSAGES} stored commits`, { timeout: 300_000 }, () => {
  using scratch = openScratch();
  const messages = generate(MESSAGES);
  const answers = askLog(initRepo(scratch, "repo"), messages);
  expect(answers).toHaveLength(MESSAGES);
  const different = messages.filter((text, index) => show(text) !== withoutFoldedCr(answers[index]));
  expect(
    different.slice(0, 5).map((text) => ({ text, ours: show(text), git: answers[messages.indexOf(text)] })),
  ).toEqual([]);
});

it(`finds what git interpret-trailers finds in ${MESSAGES} messages`, { timeout: 300_000 }, () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  // This command, unlike `git log`, takes a blank line before the title for an empty title.
  const messages = generate(MESSAGES).filter((text) => !/^[ \t\r]*(?:\n|$)/.test(text));
  expect(messages.length).toBeGreaterThan(MESSAGES / 2);
  writeFileSync(join(repo.dir, "sentinel"), `x\n\n${SENTINEL}\n`);
  const answers: string[] = [];
  for (let from = 0; from < messages.length; from += 5_000) {
    const files = messages.slice(from, from + 5_000).flatMap((text, index) => {
      writeFileSync(join(repo.dir, `m${index}`), text);
      return [`m${index}`, "sentinel"];
    });
    const output = repo.git(["interpret-trailers", "--parse", "--no-divider", ...files]);
    answers.push(...`${output}\n`.split(`${SENTINEL}\n`).slice(0, -1));
  }
  expect(answers).toHaveLength(messages.length);
  const different = messages.flatMap((text, index) =>
    show(text) === withoutFoldedCr(answers[index]) ? [] : [{ text, ours: show(text), git: answers[index] }],
  );
  expect(different.slice(0, 5)).toEqual([]);
});
