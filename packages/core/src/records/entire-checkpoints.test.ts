import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parseCheckpoint } from "./entire-checkpoints.ts";

it.each<[what: string, text: string, agents: readonly string[] | undefined]>([
  ["its agent", '{"checkpoint_id":"ffd2a5cf8a87","agent":"Claude Code"}', ["Claude Code"]],
  ["several agents", '{"agents":["Claude Code","Gemini CLI"],"agent":"Claude Code"}', ["Claude Code", "Gemini CLI"]],
  ["an agent under the key for several", '{"agents":"Claude Code"}', ["Claude Code"]],
  ["its agent behind byte order marks", '\ufeff\ufeff{"agent":"Claude Code"}', ["Claude Code"]],
  ["no agent, where it is one of a whole checkpoint", '{"strategy":"manual-commit","sessions":[{}]}', []],
  ["no agent, where Entire did not know it", '{"agent":"Agent"}', []],
  ["no agent, where it is no text", '{"agent":7,"agents":[null,{}]}', []],
  ["nothing, where it is damaged", '{"agent":"Claude', undefined],
  ["nothing, where it is a list", '["Claude Code"]', undefined],
])("the metadata of a checkpoint names %s", (_, text, agents) => {
  expect(parseCheckpoint(encodeText(text))).toEqual(agents);
});
