import type { Stage } from "./stage.ts";
import type { Shown, Terminal } from "./terminal.ts";

/** The story, scene by scene; each says whether it went as it was meant to. */
export const SCENES: readonly ((stage: Stage) => boolean | Promise<boolean>)[] = [
  innocentPush,
  featurePush,
  refusedPush,
  cosignedInLedger,
  squashedOnServer,
  cosignedInMessage,
  stampedInSession,
  stampedByMark,
  refusedByServer,
  squashedThroughHook,
  auditedClean,
  bypassFound,
  bypassRemedied,
];

/** The marks that Claude Code leaves in a commit. */
const MARKS =
  "🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nCo-Authored-By: Claude <noreply@anthropic.com>";

/** A file of two functions. */
function uploads(upload: string, discard: string): string {
  return `export function upload(file) {\n  return ${upload};\n}\n\nexport function remove(file) {\n  return ${discard};\n}\n`;
}

function innocentPush({ bob, write, serverTip }: Stage): boolean {
  title("1. A person's own work passes, without a word from the hook");
  write("upload.js", uploads("send(file)", "discard(file)"));
  bob.show("git", "add", "upload.js");
  bob.show("git", "commit", "-q", "-m", "Add uploads");
  const pushed = bob.show("git", "push", "origin", "main");
  return (
    passed(pushed) &&
    serverTip("main") === bob.quietly("git", "rev-parse", "HEAD") &&
    !pushed.output.includes("countersign:")
  );
}

function featurePush({ bob, write, serverTip }: Stage): boolean {
  title("2. AI-assisted work passes to a feature branch, as the policy protects only main");
  write("upload.js", uploads("retry(3, () => send(file))", "discard(file)"));
  bob.show("git", "switch", "-q", "-c", "retry-uploads");
  bob.show("git", "commit", "-q", "-a", "-m", "Retry uploads", "-m", MARKS);
  const pushed = bob.show("git", "push", "origin", "retry-uploads");
  return passed(pushed) && serverTip("retry-uploads") === bob.quietly("git", "rev-parse", "HEAD");
}

function refusedPush({ bob, serverTip }: Stage): boolean {
  title("3. The same commit is refused on main");
  const before = serverTip("main");
  const pushed = bob.show("git", "push", "origin", "retry-uploads:main");
  return pushed.status === 1 && pushed.output.includes("COSIGN_MISSING") && serverTip("main") === before;
}

async function cosignedInLedger({ ada, serverTip }: Stage): Promise<boolean> {
  title("4. Ada, a senior engineer, reviews the branch and co-signs it with her SSH key; Bob's branch stays as it is");
  const before = serverTip("retry-uploads");
  const signed = await ada.converse("Type yes", "yes", "npx", "countersign", "cosign", "origin/retry-uploads");
  return passed(signed) && serverTip("retry-uploads") === before && serverTip("countersign/ledger") !== undefined;
}

function squashedOnServer({ bob, write, squash, serverTip }: Stage): boolean {
  title("5. Main moves on in the same file, the server squashes the branch, and the result passes");
  bob.show("git", "switch", "-q", "main");
  write("upload.js", uploads("send(file)", "file === undefined || discard(file)"));
  bob.show("git", "commit", "-q", "-a", "-m", "Discard nothing twice");
  const moved = bob.show("git", "push", "-q", "origin", "main");
  squash("retry-uploads", `Retry uploads (#1)\n\n${MARKS}\n`);
  bob.show("git", "fetch", "-q");
  const pushed = bob.show("git", "push", "origin", "origin/squashed:main");
  bob.show("npx", "countersign", "log", "-n", "4", "origin/main");
  const landed = serverTip("main") === bob.quietly("git", "rev-parse", "origin/squashed");
  return passed(moved) && passed(pushed) && landed && pushed.output.includes("co-signed by ada@acme.example (signed)");
}

async function cosignedInMessage({ ada, bob, write, serverTip }: Stage): Promise<boolean> {
  title("6. On a plain server without a ledger the co-sign stands in the commit, which gets a new id");
  bob.quietly("git", "switch", "-q", "-c", "resume-uploads", "origin/main");
  write("resume.js", "export const resume = (upload) => upload.continueFrom(upload.lastByte);\n");
  bob.show("git", "add", "resume.js");
  bob.show("git", "commit", "-q", "-m", "Resume uploads", "-m", MARKS);
  bob.show("git", "push", "-q", "origin", "resume-uploads");
  ada.show("git", "fetch", "-q");
  ada.show("git", "switch", "-q", "resume-uploads");
  const former = ada.quietly("git", "rev-parse", "origin/resume-uploads");
  const signed = await ada.converse("Type yes", "yes", "npx", "countersign", "cosign", "--trailer");
  ada.show("git", "push", "-q", `--force-with-lease=resume-uploads:${former}`, "origin", "resume-uploads");
  bob.show("git", "fetch", "-q");
  const pushed = bob.show("git", "push", "origin", "origin/resume-uploads:main");
  const landed = serverTip("main") === bob.quietly("git", "rev-parse", "origin/resume-uploads");
  return passed(signed) && passed(pushed) && landed && pushed.output.includes("co-signed by ada@acme.example (signed)");
}

function stampedInSession({ bob, write, serverTip }: Stage): boolean {
  title("7. Codex leaves no mark in a commit; the hook stamps what is committed in its session");
  bob.quietly("git", "switch", "-q", "main");
  bob.quietly("git", "reset", "-q", "--hard", "origin/main");
  write("upload.js", uploads("retry(5, () => send(file))", "discard(file)"));
  // The variable that Codex sets for every command it runs.
  const committed = bob.show("env", "CODEX_THREAD_ID=0199f7a0", "git", "commit", "-q", "-a", "-m", "Retry more often");
  const message = bob.show("git", "log", "-1", "--format=%B");
  return passed(committed) && message.output.endsWith("Assisted-by: Codex") && isRefused(bob, serverTip);
}

function stampedByMark({ bob, write, serverTip }: Stage): boolean {
  title("8. Cursor's own hook reports what it wrote; the commit is stamped although Bob makes it himself");
  bob.quietly("git", "reset", "-q", "--hard", "origin/main");
  bob.show("npx", "countersign", "agents", "install", "cursor");
  write("pause.js", "export const pause = (upload) => upload.stopAt(upload.lastByte);\n");
  // What Cursor gives its hook after an edit.
  const event = {
    hook_event_name: "afterFileEdit",
    conversation_id: "668320d2",
    generation_id: "490b90b7",
    model: "gpt-5.2",
    cursor_version: "2.3.0",
    workspace_roots: ["."],
    file_path: "pause.js",
    edits: [{ old_string: "", new_string: "export const pause" }],
  };
  write("../cursor-event.json", JSON.stringify(event));
  bob.show("sh", "-c", "npx countersign mark --agent cursor < ../cursor-event.json");
  bob.show("git", "add", "pause.js");
  const committed = bob.show("git", "commit", "-q", "-m", "Pause uploads");
  const message = bob.show("git", "log", "-1", "--format=%B");
  return passed(committed) && message.output.endsWith("Assisted-by: Cursor:gpt-5.2") && isRefused(bob, serverTip);
}

function refusedByServer({ admin, bob, serverTip }: Stage): boolean {
  title("9. git push --no-verify skips the hook on Bob's laptop; the server has one that nobody skips");
  const installed = admin.show("countersign", "server", "install", "server.git");
  const before = serverTip("main");
  const pushed = bob.show("git", "push", "--no-verify", "origin", "main");
  const refused = pushed.status === 1 && pushed.output.includes("remote: COSIGN_MISSING");
  return passed(installed) && refused && serverTip("main") === before;
}

async function squashedThroughHook({ admin, ada, bob, write, serverTip }: Stage): Promise<boolean> {
  title(
    "10. Ada co-signs a branch in the ledger, which changes none of its commits; a squash of it lands through the server's hook",
  );
  bob.show("git", "switch", "-q", "-c", "name-uploads", "origin/main");
  for (const [file, subject] of [
    ["name.js", "Name uploads"],
    ["name.test.js", "Test names"],
  ] as const) {
    write(file, `// ${subject}\n`);
    bob.quietly("git", "add", file);
    bob.show("git", "commit", "-q", "-m", subject, "-m", "Assisted-by: Codex");
  }
  bob.show("git", "push", "-q", "origin", "name-uploads");
  ada.show("git", "fetch", "-q");
  const signed = await ada.converse("Type yes", "yes", "npx", "countersign", "cosign", "origin/name-uploads");
  // What a forge's button does, on the machine of the server.
  admin.show("git", "clone", "-q", "server.git", "button");
  admin.show("git", "-C", "button", "merge", "-q", "--squash", "origin/name-uploads");
  admin.show("git", "-C", "button", "commit", "-q", "-m", "Name uploads (#2)", "-m", "Assisted-by: Codex");
  const pushed = admin.show("git", "-C", "button", "push", "origin", "main");
  const landed = serverTip("main") === admin.quietly("git", "-C", "button", "rev-parse", "HEAD");
  return passed(signed) && passed(pushed) && landed && pushed.output.includes("by ada@acme.example (signed)");
}

function auditedClean({ ada }: Stage): boolean {
  title("11. Ada looks at everything that has landed: nothing came around the gate");
  ada.show("git", "fetch", "-q");
  const audited = ada.show("npx", "countersign", "audit");
  return passed(audited) && audited.output.endsWith("Nothing came around the gate.");
}

function bypassFound({ admin, ada, serverTip }: Stage): boolean {
  title("12. The administrator moves main past every hook, on the server's disk; the audit names the commit");
  const server = (...args: string[]): string => admin.quietly("git", "-C", "server.git", ...args);
  const hotfix = server(
    "commit-tree",
    "-p",
    "main",
    "-m",
    "Hotfix\n\nAssisted-by: Codex",
    server("rev-parse", "resume-uploads^{tree}"),
  );
  admin.show("git", "-C", "server.git", "update-ref", "refs/heads/main", hotfix);
  ada.show("git", "fetch", "-q");
  const audited = ada.show("npx", "countersign", "audit");
  const isNamed = audited.output.includes(`${hotfix.slice(0, 12)} COSIGN_MISSING "Hotfix"`);
  return audited.status === 1 && isNamed && serverTip("main") === hotfix;
}

async function bypassRemedied({ ada, serverTip }: Stage): Promise<boolean> {
  title("13. Ada reads what landed and co-signs it, by the command that the audit printed; nothing is rewritten");
  const before = serverTip("main") ?? "";
  const signed = await ada.converse("Type yes", "yes", "npx", "countersign", "cosign", "--landed", before.slice(0, 12));
  const audited = ada.show("npx", "countersign", "audit");
  const isClean = passed(audited) && audited.output.endsWith("Nothing came around the gate.");
  return passed(signed) && isClean && serverTip("main") === before;
}

function isRefused(bob: Terminal, serverTip: Stage["serverTip"]): boolean {
  const before = serverTip("main");
  const pushed = bob.show("git", "push", "origin", "main");
  return pushed.status === 1 && pushed.output.includes("COSIGN_MISSING") && serverTip("main") === before;
}

function title(text: string): void {
  console.log(`\n── ${text}\n`);
}

function passed({ status }: Shown): boolean {
  return status === 0;
}
