import type { CosignWorld } from "./cosign-world.ts";
import { QUESTION, TerminalSession } from "./terminal-session.ts";

/** What the terminal is sent between the two questions, where the diff is asked for at the first. */
export async function readDiff(world: CosignWorld, env: NodeJS.ProcessEnv): Promise<string> {
  const session = new TerminalSession(world.ada, ["cosign"], { env });
  await session.read(QUESTION);
  const before = session.raw.length;
  session.type("d\r");
  // The question is drawn again with each key, so that only what follows the diff is the next one.
  await session.read("Author:");
  await session.read(QUESTION);
  const sent = session.raw.slice(before);
  session.type("no\r");
  await session.ended;
  return sent.slice(sent.indexOf("Author:"), sent.lastIndexOf(QUESTION));
}
