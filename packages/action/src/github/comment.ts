import { CountersignError } from "@countersign/core";
import { EXIT_CODES, type ExitCode, parseJson } from "@countersign/core/internal";
import * as v from "valibot";
import { number } from "../api/answer.ts";
import { MARKER } from "../gate/comment-text.ts";
import type { RequestComment } from "../gate/forge.ts";
import { github } from "./github.ts";
import type { Runner } from "./runner.ts";

/** A comment, and the pull request that it is for. */
export interface WrittenComment extends RequestComment {
  readonly number: number;
}

/** A program gets no variable that is longer than 128 KiB. */
const LIMIT = 100_000;

const written = v.array(
  v.object({
    number,
    marker: v.literal(MARKER),
    text: v.string(),
    onlyIfThere: v.boolean(),
  }),
);

/** Comments as one job hands them to the other. What does not fit is left out: the status says it too. */
export function formatComments(comments: readonly WrittenComment[]): string {
  const fitting: WrittenComment[] = [];
  let length = 2;
  for (const comment of comments) {
    length += Buffer.byteLength(JSON.stringify(comment)) + 1;
    if (length <= LIMIT) fitting.push(comment);
  }
  return JSON.stringify(fitting);
}

/** The job that writes comments. It judges nothing, and what it writes decides nothing. */
export async function comment(runner: Runner): Promise<ExitCode> {
  const read = v.safeParse(written, parseJson(runner.input("comments") ?? "[]"));
  if (!read.success) {
    throw new CountersignError("FORGE_EVENT_UNFIT", {
      event: "of this run",
      problem: "its input comments is not JSON of comments",
    });
  }
  const forge = github(runner.access);
  for (const one of read.output) await forge.writeComment(one.number, one);
  return EXIT_CODES.allow;
}
