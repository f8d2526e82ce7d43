import { describe, expect, it } from "vitest";
import { findAgentByStdEnv } from "./std-env-agent.ts";

describe("std-env", () => {
  it("names an agent by a variable that the catalogue does not have, as the catalogue calls it", () => {
    expect(findAgentByStdEnv({ CLAUDE_CODE: "1" })).toBe("claude-code");
  });

  it.each<NodeJS.ProcessEnv>([
    {},
    { CLAUDE_CODE: "0", GEMINI_CLI: "false", AI_AGENT: "no" },
    { REPL_ID: "a1b2" },
    { GOOSE_PROVIDER: "anthropic" },
    { PATH: "/home/ada/.pi/agent/bin:/usr/bin" },
    { TERM_PROGRAM: "kiro" },
    { EDITOR: "/home/devin/bin/vim" },
  ])("takes no person for an agent by %j", (env) => {
    expect(findAgentByStdEnv(env)).toBeUndefined();
  });

  it("looks at the variables that it is given, and leaves those of the process as they are", () => {
    process.env["CLAUDE_CODE"] = "1";
    process.env["CODEX_SANDBOX"] = "off";
    try {
      const before = { ...process.env };
      expect(findAgentByStdEnv({ CODEX_SANDBOX: "seatbelt" })).toBe("codex");
      expect(findAgentByStdEnv({})).toBeUndefined();
      expect(findAgentByStdEnv(process.env)).toBe("claude-code");
      expect({ ...process.env }).toEqual(before);
    } finally {
      delete process.env["CLAUDE_CODE"];
      delete process.env["CODEX_SANDBOX"];
    }
  });
});
