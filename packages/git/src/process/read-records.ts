import type { GitContext } from "./context.ts";
import { spawnGit } from "./git.ts";

/** What git prints with `-z`, record by record: a path is any bytes but NUL. Nothing where it ends as it may without an answer. */
export async function readRecords(
  context: GitContext,
  args: readonly string[],
  expected: readonly number[] = [0],
): Promise<readonly Buffer[]> {
  const git = spawnGit(context, args, expected);
  git.stdin.end();
  const chunks: Buffer[] = [];
  for await (const chunk of git.stdout) chunks.push(chunk as Buffer);
  await git.ended;
  return [...splitRecords(Buffer.concat(chunks))];
}

function* splitRecords(output: Buffer): Generator<Buffer> {
  let at = 0;
  for (let nul = output.indexOf(0); nul >= 0; nul = output.indexOf(0, at)) {
    yield output.subarray(at, nul);
    at = nul + 1;
  }
}
