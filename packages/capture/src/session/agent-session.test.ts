import { expect, it } from "vitest";
import { findAgentSession } from "./agent-session.ts";
import type { Ancestor } from "./ancestor.ts";

const none = (): readonly Ancestor[] => [];

function below(...commands: readonly (readonly string[])[]): () => readonly Ancestor[] {
  return () => commands.map((args, index) => ({ pid: 900 - index, args }));
}

it("asks the catalogue first, then std-env, then the ancestors", () => {
  const ancestors = below(["/bin/sh"], ["python3", "/venv/bin/aider"]);
  const env = { CLAUDE_CODE: "1" };
  expect(findAgentSession({ ...env, CODEX_CI: "1" }, ancestors)).toEqual({ agent: "codex", sign: "CODEX_CI" });
  expect(findAgentSession(env, ancestors)).toEqual({ agent: "claude-code", sign: "its environment variables" });
  expect(findAgentSession({}, ancestors)).toEqual({ agent: "aider", sign: "process aider" });
  expect(findAgentSession({}, none)).toBeUndefined();
});

it("does not look for ancestors where the variables tell", () => {
  const never = (): never => {
    throw new Error("the ancestors were asked for");
  };
  expect(findAgentSession({ GEMINI_CLI: "1" }, never)?.agent).toBe("gemini");
  expect(findAgentSession({ CLAUDE_CODE: "1" }, never)?.agent).toBe("claude-code");
});

it("takes the nearest ancestor that is an agent", () => {
  const ancestors = below(["/bin/sh"], ["droid"], ["python3", "/venv/bin/aider"]);
  expect(findAgentSession({}, ancestors)).toEqual({ agent: "droid", sign: "process droid" });
});

it("takes no ancestor for an agent by what it works on", () => {
  const ancestors = below(
    ["git", "commit", "-m", "aider"],
    ["vim", "aider.py"],
    ["/home/ada/droid/gradlew"],
    ["-bash"],
  );
  expect(findAgentSession({}, ancestors)).toBeUndefined();
});
