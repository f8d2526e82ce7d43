import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { instrument } from "./instrument.ts";
import { search } from "./search.ts";
import { SEEDS } from "./seeds.ts";
import { targets } from "./targets.ts";

// usage: fuzz [TARGET] [SECONDS]: gives one reader of bytes, or each in turn, whatever leads to code that no input
// reached before, for that long. An input that it fails on is printed, and ends the search of that reader. Inputs that
// reached something are kept in reports/fuzz, where the next search begins.

type Name = keyof typeof targets;

const REPORTS = fileURLToPath(new URL("../../reports/fuzz", import.meta.url));
const names = Object.keys(targets) as Name[];

const [first = "30", second = "30"] = process.argv.slice(2);
const asked = /^\d+$/.test(first) ? names : names.filter((name) => name === first);
const seconds = Number(asked === names ? first : second);
if (asked.length === 0 || !(seconds > 0)) {
  console.error(`usage: fuzz [${names.join("|")}] [SECONDS]`);
  process.exit(2);
}

setPriority(10);
const { targets: readers, coverage, words } = await instrument(join(REPORTS, "targets.cjs"));
for (const name of asked) {
  const folder = join(REPORTS, name);
  mkdirSync(folder, { recursive: true });
  const kept = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
  const corpus = [...SEEDS[name], ...kept].map((input) => Uint8Array.from(Buffer.from(input)));
  const { runs, failure } = search({ read: readers[name], coverage, corpus, words, seconds });
  for (const input of corpus) writeFileSync(join(folder, createHash("sha1").update(input).digest("hex")), input);
  console.log(`${name}: ${runs} inputs, ${corpus.length} of them new, ${coverage.reached} places reached`);
  if (failure === undefined) continue;
  process.exitCode = 1;
  console.log(`FAILED on ${JSON.stringify(Buffer.from(failure.input).toString("latin1"))}, byte by byte`);
  console.log(failure.error);
}
