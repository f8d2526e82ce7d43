import { describe, expect, it } from "vitest";
import { windowsCommand } from "./windows-command.ts";

const inWeb = windowsCommand({ agent: "codex", launcher: { dependencyOf: "web" } });
const [, script = ""] = / else node -e (.*) \|\| exit 0"$/.exec(inWeb) ?? [];

describe("the line for Windows", () => {
  it("looks in the project, and by a script in every work tree and on the PATH", () => {
    expect(inWeb.replace(script, "SCRIPT")).toBe(
      String.raw`cmd /c "if exist web\node_modules\.bin\countersign.cmd (web\node_modules\.bin\countersign.cmd mark --agent codex || exit 0) else node -e SCRIPT || exit 0"`,
    );
    expect(script).toContain("['worktree','list','--porcelain']");
    expect(script).toContain("'/web/node_modules/.bin/countersign.cmd'");
    expect(script).toContain("'countersign'].find(Boolean)");
    expect(script).toContain("'mark','--agent','codex'");
  });

  it("looks on the PATH alone where no project has the program", () => {
    expect(windowsCommand({ agent: "codex", launcher: "path" })).toBe(
      'cmd /c "where /q countersign && countersign mark --agent codex || exit 0"',
    );
  });

  it("has nothing in its script that cmd, PowerShell or node's own reading of arguments takes for something else", () => {
    expect(script).not.toMatch(/[\s"`$%^&|<>!\\]/);
    expect(() => new Function(script)).not.toThrow();
  });
});
