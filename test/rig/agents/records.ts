import type { Repo } from "../repository/repo.ts";
import { POLICY } from "../worlds/push-world.ts";

// Records as git-ai, Entire and Agent Trace write them.

/** The policy of the push worlds that has these recorders read. */
export function recordersPolicy(...recorders: readonly ("gitAiNotes" | "entireCheckpoints" | "agentTrace")[]): string {
  return `${POLICY}evidence: { ${recorders.map((name) => `${name}: true`).join(", ")} }\n`;
}

const SESSION = "s_be3d6789a4739f";

/** A note whose attested lines are a session's, a known person's, or nobody's. */
export function authorshipLog(by: "claude" | "human" | "nobody" | "unused", schema = "authorship/3.0.0"): string {
  const keys = {
    claude: `${SESSION}::t_a1f7a658162ab1`,
    human: "h_31dce776f88375",
    nobody: undefined,
    unused: undefined,
  };
  const agent = { tool: "claude", id: "518eacf9-30f9-4849-b452-42cf98d706e5", model: "claude-opus-4-6" };
  const metadata = {
    schema_version: schema,
    git_ai_version: "1.5.1",
    base_commit_sha: "02be748fc4aa5daad5b7a292574ebb2384a8dcd6",
    prompts: {},
    ...(by === "human" ? { humans: { h_31dce776f88375: { author: "Bob <bob@acme.example>" } } } : {}),
    ...(by === "claude" || by === "unused" ? { sessions: { [SESSION]: { agent_id: agent } } } : {}),
  };
  const key = keys[by];
  return `${key === undefined ? "" : `src/a.ts\n  ${key} 1-4,9\n`}---\n${JSON.stringify(metadata, null, 2)}`;
}

/** Writes a file of a tree with folders, on a branch or ref of its own, beside whatever is there. */
export function writeBeside(repo: Repo, ref: string, files: Readonly<Record<string, string>>): string {
  const env = { GIT_INDEX_FILE: `${repo.dir}.records-index` };
  const before = repo.ref(ref);
  repo.git(["read-tree", ...(before === undefined ? ["--empty"] : [before])], { env });
  for (const [path, text] of Object.entries(files)) {
    const blob = repo.git(["hash-object", "-w", "--stdin"], { input: text });
    repo.git(["update-index", "--add", "--cacheinfo", `100644,${blob},${path}`], { env });
  }
  const tree = repo.git(["write-tree"], { env });
  const parent = before === undefined ? [] : ["-p", before];
  const commit = repo.git(["commit-tree", tree, ...parent, "-m", "records"]);
  repo.git(["update-ref", ref, commit]);
  return commit;
}

/** Attaches a note to a commit, spread over folders by so many pairs of digits. */
export function attachNote(
  repo: Repo,
  commit: string,
  note: string,
  { ref = "refs/notes/ai", fanOut = 0 }: { ref?: string; fanOut?: number } = {},
): void {
  const path = commit.replace(new RegExp(`^${"(..)".repeat(fanOut)}`), (digits) => digits.replace(/../g, "$&/"));
  writeBeside(repo, ref, { [path]: note });
}

/** A line of Agent Trace about one file. */
export function traceRecord(path: string, type: "ai" | "mixed" | "human" | "unknown", revision?: string): string {
  return `${JSON.stringify({
    version: "0.1.0",
    id: "550e8400-e29b-41d4-a716-446655440000",
    timestamp: "2026-01-23T14:30:00Z",
    ...(revision === undefined ? {} : { vcs: { type: "git", revision } }),
    tool: { name: "cursor", version: "2.4.0" },
    files: [
      {
        path,
        conversations: [{ contributor: { type, model_id: "openai/gpt-5" }, ranges: [{ start_line: 1, end_line: 2 }] }],
      },
    ],
  })}\n`;
}
