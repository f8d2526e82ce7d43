import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CTRL_C, TerminalSession } from "../cosign/terminal-session.ts";
import { ADA, type Adopter, ASSISTED, existsIn, filesOf, makeTemplate, readIn, type Template } from "./adopter.ts";

const ENTER = "\r";
const DOWN = "\u001b[B";

describe("countersign init at a terminal", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  function open(): Adopter {
    return template.open((repo) => {
      repo.commit(ASSISTED, { author: "Lovelace, Ada <ada@home.example>" });
      for (const author of [ADA, ADA, "Grace Hopper <grace@acme.example>"]) repo.commit("Work\n", { author });
    });
  }

  function start({ repo }: Adopter, args: readonly string[], env: NodeJS.ProcessEnv = {}): TerminalSession {
    const program = [join(repo.dir, "node_modules/.bin/countersign"), ...args];
    return new TerminalSession(repo, [], { program, columns: 80, env });
  }

  it("asks what is open, shows the plan, and does it upon a yes", async () => {
    using adopter = open();
    adopter.repo.write({ "CLAUDE.md": "" });
    const session = start(adopter, ["init"]);
    await session.read("Which hook manager?");
    session.type(ENTER);
    await session.read("Which branch should be protected?");
    session.type(`${"\u007f".repeat(4)}trunk${ENTER}`);
    await session.read("How are branches merged?");
    session.type(ENTER);
    await session.read("Which senior engineers may co-sign?");
    await session.read("Ada Lovelace <ada@acme.example> and 1 more");
    // Nobody is picked for many commits; this takes the first, and asks for people who have none.
    session.type(` ${DOWN}${DOWN}${DOWN} ${ENTER}`);
    await session.read("Who else?");
    session.type(`Alan${ENTER}`);
    await session.read('"Alan" is not of the form Name <address>.');
    session.type(` Turing <alan@acme.example>, Rear Admiral, Hopper <hopper@acme.example>${ENTER}`);
    await session.read("How is a co-sign proven?");
    session.type(ENTER);
    await session.read("By this policy 1 of the last 4 commits would have been refused (25 %)");
    await session.read("What does a broken rule do?");
    session.type(ENTER);
    await session.read("Add a check in CI as well?");
    session.type(`${DOWN}${ENTER}`);
    await session.read("Which agents should mark what they write?");
    await session.read("Claude Code (in use here)");
    // What the project uses is chosen already; this adds the second.
    session.type(`${DOWN} ${ENTER}`);
    await session.read("countersign init, with husky");
    await session.read("Do this?");
    expect(existsIn(adopter.repo, ".husky")).toBe(false);
    session.type("y");
    const { status, screen } = await session.ended;
    expect(screen).toContain("countersign: set up");
    expect(status).toBe(0);
    const policy = readIn(adopter.repo, "countersign.config.yaml");
    expect(policy).toContain("branches: [trunk]");
    expect(policy.match(/(?<=^ {2}- name: ).*|(?<=emails: ).*/gm)).toEqual([
      "Ada Lovelace",
      "[ada@acme.example, ada@home.example]",
      "Alan Turing",
      "[alan@acme.example]",
      '"Rear Admiral, Hopper"',
      "[hopper@acme.example]",
    ]);
    expect(policy).toContain("mode: warn");
    expect(existsIn(adopter.repo, ".github/workflows/countersign.yml")).toBe(true);
    expect(existsIn(adopter.repo, ".claude/settings.json")).toBe(true);
    expect(existsIn(adopter.repo, ".codex/hooks.json")).toBe(true);
    expect(adopter.repo.git(["config", "core.hooksPath"])).toBe(".husky/_");
  });

  it("asks no question that an option answers", async () => {
    using adopter = open();
    const answers = ["--manager", "plain", "--branch", "main", "--senior", ADA, "--proof", "declared", "--no-ledger"];
    const session = start(adopter, ["init", ...answers, "--mode", "enforce", "--ci", "gitlab", "--agents"]);
    await session.read("Do this?");
    expect(session.screen).not.toMatch(/Which|Who|How |What does|a check in CI/);
    session.type("y");
    expect((await session.ended).status).toBe(0);
    expect(existsIn(adopter.repo, ".git/hooks/pre-push")).toBe(true);
  });

  it("asks about a policy that is there no more", async () => {
    using adopter = open();
    adopter.init();
    const session = start(adopter, ["init"]);
    await session.read("Which hook manager?");
    session.type(ENTER);
    await session.read("Add a check in CI as well?");
    session.type(ENTER);
    await session.read("Which agents should mark what they write?");
    session.type(ENTER);
    const { status, screen } = await session.ended;
    expect(screen).toContain("everything is set up (husky)");
    expect(screen).not.toContain("Which branch");
    expect(status).toBe(0);
  });

  it.each([
    ["Ctrl-C at a question", "Which hook manager?", CTRL_C],
    ["no to the plan", "Do this?", "n"],
    ["Ctrl-C at the plan", "Do this?", CTRL_C],
  ])("changes nothing upon %s", async (_, question, answer) => {
    using adopter = open();
    const before = filesOf(adopter.repo.dir);
    const answers = [
      "--branch",
      "main",
      "--senior",
      ADA,
      "--proof",
      "declared",
      "--no-ledger",
      "--mode",
      "warn",
      "--ci",
      "github",
      "--agents",
    ];
    const session = start(adopter, ["init", ...answers]);
    await session.read("Which hook manager?");
    if (question !== "Which hook manager?") {
      session.type(ENTER);
      await session.read(question);
    }
    session.type(answer);
    const { status, screen } = await session.ended;
    expect(screen).toContain("countersign: stopped; nothing was changed");
    expect(status).toBe(1);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("uninstalls upon a yes, and not upon anything else", async () => {
    using adopter = open();
    const before = filesOf(adopter.repo.dir);
    adopter.init();
    const kept = start(adopter, ["uninstall"]);
    await kept.read("Undo this?");
    kept.type("n");
    expect((await kept.ended).status).toBe(1);
    expect(existsIn(adopter.repo, ".husky/pre-push")).toBe(true);
    const session = start(adopter, ["uninstall"]);
    await session.read("Undo this?");
    session.type("y");
    expect((await session.ended).status).toBe(0);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("is read without colours where they are not wanted", async () => {
    using adopter = open();
    const session = start(adopter, ["init", "--dry-run"], { NO_COLOR: "1" });
    const { status } = await session.ended;
    expect(status).toBe(0);
    expect(session.raw).not.toContain("\u001b[");
    const coloured = start(adopter, ["init", "--dry-run"]);
    await coloured.ended;
    expect(coloured.raw).toContain("\u001b[1m");
    expect(coloured.screen.replaceAll("\r", "")).toBe(session.screen.replaceAll("\r", ""));
  });
});
