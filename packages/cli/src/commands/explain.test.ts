import { Readable, Writable } from "node:stream";
import { CODES } from "@countersign/core";
import { PLAIN } from "@countersign/report";
import { expect, it } from "vitest";
import { explain } from "./explain.ts";

/** What the command writes for a name, where there is no repository. */
async function explainName(name: string): Promise<{ readonly status: number; readonly text: string }> {
  const written: string[] = [];
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const status = await explain(
    {
      cwd: "/nowhere",
      calledFrom: "/nowhere",
      env: {},
      openStdin: () => Readable.from([]),
      stdout,
      stderr: stdout,
      paint: PLAIN,
      errorPaint: PLAIN,
    },
    name,
    {},
  );
  return { status, text: written.join("") };
}

it.each(CODES)("explain $code says when it is reported and shows its message", async ({ code, means, example }) => {
  const { status, text } = await explainName(code);
  expect(status).toBe(0);
  expect(text).toMatch(new RegExp(`^${code}, `));
  expect(text).toContain(`\n${means}\n`);
  expect(text).toContain(`\n  ${code}: ${example.what.slice(0, 40)}`);
});
