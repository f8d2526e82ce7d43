import { CountersignError } from "@countersign/core";
import { saidByGit } from "../process/failure.ts";

/** Asks a remote something. @throws `FETCH_FAILED` if it does not answer. */
export async function askRemote<Answer>(remote: string, question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") throw error;
    throw new CountersignError("FETCH_FAILED", { remote, said: saidByGit(error) }, { cause: error });
  }
}
