import {
  encodeBase64,
  encodeText,
  formatArmor,
  formatSignedFile,
  formatWithdrawal,
  joinBytes,
} from "@countersign/core/internal";
import { formatLines } from "../../packages/core/src/cosign/lines.ts";
import { wireString } from "../../packages/core/src/ssh/wire.ts";
import type { targets } from "./targets.ts";

const BY = "A U Thor <author@x> 1700000000 +0100";
const OID = "1f0c".repeat(10);
const COMMIT = `tree ${OID}\nparent ${OID}\nauthor ${BY}\ncommitter ${BY}\n`;
const COSIGN = "Co-signed-by: Ada <ada@x>";

/** Well-formed, though it verifies nothing. */
const KEY = joinBytes([wireString("ssh-ed25519"), wireString(new Uint8Array(32).fill(7))]);
const VALUE = joinBytes([wireString("ssh-ed25519"), wireString(new Uint8Array(64).fill(9))]);
const SIGNATURE = joinBytes([
  encodeText("SSHSIG"),
  Uint8Array.of(0, 0, 0, 1),
  ...[KEY, "countersign@v1", "", "sha512", VALUE].map(wireString),
]);

const HEAD = {
  project: "acme",
  branches: [{ ref: "refs/heads/main", base: undefined }],
  cosigner: "ada@x",
  time: "2026-01-02T03:04:05Z",
};
const LINES = formatLines({
  head: HEAD,
  blocks: [{ change: "a".repeat(64), paths: "b".repeat(64), parents: 1, otherParents: [], authors: ["bob@x"] }],
});

const POLICY = `version: 1
protect:
  - branches: [main, "release/*"]
levels: [junior, senior]
people:
  - { name: Ada, emails: [ada@x], level: senior }
rules:
  - { name: core, paths: ["src/**"], agents: [claude-code], cosign: { count: 2, proof: signed, maxAge: 30d } }
`;
const TESTS = `version: 1
branch: main
tests:
  - { name: a, expect: refused, paths: [{ path: "src/{n}.ts", count: 3 }], agents: [claude-code] }
`;

/** Where the search begins for each reader, and what it found once: every test run reads them all. */
export const SEEDS: Readonly<Record<keyof typeof targets, readonly (string | Uint8Array)[]>> = {
  commit: [`${COMMIT}\nSubject\n`, `${COMMIT}encoding latin1\ngpgsig -----BEGIN\n x\n\nSubject\n`],
  tag: [`object ${OID}\ntype commit\ntag v1\ntagger ${BY}\n\nOne\n`],
  tree: [joinBytes([encodeText("100644 a\0"), new Uint8Array(20), encodeText("40000 b\0"), new Uint8Array(20)])],
  message: [
    `Subject\n\nBody\n\nReviewed-by: B\n and more\n${COSIGN}\n# note\n\nConflicts:\n\ta\n`,
    "Subject\n\nprose\nSigned-off-by: B <b@x>\n(cherry picked from commit 1f0c)\nAssisted-by: Claude:opus\n",
    "Add x\r\n\r\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\r\n\r\nCo-Authored-By: Claude <noreply@anthropic.com>\r\n",
  ],
  signature: [SIGNATURE, formatArmor(SIGNATURE), `ssh-ed25519 ${encodeBase64(KEY)} x@y`],
  record: [
    LINES,
    formatSignedFile(LINES, SIGNATURE),
    formatSignedFile(formatWithdrawal({ head: HEAD, recordId: "c".repeat(64) }), SIGNATURE),
  ],
  policy: [POLICY, TESTS, '{"version":1,"protect":[{"branches":["main"]}],"cosign":{"count":1}}'],
  hook: [
    '{"hook_event_name":"PreToolUse","session_id":"s","cwd":"/r","tool_name":"Edit","tool_input":{"file_path":"a","old_string":"b","new_string":"c"}}',
    '{"hook_event_name":"PostToolUse","tool_name":"apply_patch","tool_input":{"patch":"*** Begin Patch\\n*** Update File: a\\n+x\\n"}}',
  ],
  note: [
    'a.ts\n  s_1::t_1 1-3,5\n---\n{"schema_version":"authorship/3.0.0","prompts":{},"sessions":{"s_1":{"agent_id":{"tool":"claude","id":"1","model":"opus"}}}}',
    '{"version":"1.0","files":[{"path":"a.ts","conversations":[{"contributor":{"type":"ai","model_id":"x/y"},"ranges":[{"start_line":1,"end_line":2}]}]}]}',
  ],
};
