import type { Message } from "./message.ts";

/** The words of every way in which the hooks of an AI agent are not set up. */
export const agentFaultMessages = {
  AGENT_UNKNOWN: ({ agent, known }: { agent: string; known: readonly string[] }): Message => ({
    what: `"${agent}" is no agent that countersign knows`,
    why: "each agent has a configuration of its own",
    fix: `name one of these: ${known.join(", ")}`,
  }),
  AGENT_WITHOUT_HOOKS: ({ agent, reason }: { agent: string; reason: string }): Message => ({
    what: `${agent} cannot be set up in a project: ${reason}`,
    why: "its own hooks would have to call `countersign mark`",
    fix: "leave it out; what it discloses in its commits, and the commit hooks see, counts all the same",
  }),
  AGENT_FILE_INVALID: ({ file, problem }: { file: string; problem: string }): Message => ({
    what: `${file} cannot be changed: ${problem}`,
    why: "what else stands in it would be lost, so no file was written",
    fix: "correct the file, then run the command again",
  }),
  AGENT_FILE_TAKEN: ({ file, problem }: { file: string; problem: string }): Message => ({
    what: `${file} ${problem}`,
    why: "it is a file that holds one program, and what stands in it would be lost, so no file was written",
    fix: "move what is yours into a file of your own, remove this one, then run the command again",
  }),
  AGENT_FILE_UNUSABLE: ({ file, problem }: { file: string; problem: string }): Message => ({
    what: `${file} cannot be used: ${problem}`,
    why: "files are written in the work tree alone, and never through a link; none was changed",
    fix: "put a plain file or folder there that you may write to, then run the command again",
  }),
} as const;
