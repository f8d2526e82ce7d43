import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeText } from "@countersign/core/internal";
import { createInstrumenter } from "istanbul-lib-instrument";
import { rolldown } from "rolldown";
import { Coverage, type FileCounters } from "./coverage.ts";
import type { targets } from "./targets.ts";

/** The readers, with a counter at each place of their code and of the packages that they use. */
export interface Instrumented {
  readonly targets: typeof targets;
  readonly coverage: Coverage;
  /** The texts that stand in the code, which inputs are compared with. */
  readonly words: readonly Uint8Array[];
}

const COUNTERS = "countersignFuzz";

/** Makes one file of all that reads, with counters in it, and loads it. */
export async function instrument(file: string): Promise<Instrumented> {
  const build = await rolldown({
    input: fileURLToPath(new URL("targets.ts", import.meta.url)),
    platform: "node",
    resolve: { conditionNames: ["countersign-source", "import", "node"] },
  });
  const { output } = await build.generate({ format: "cjs" });
  const { code } = output[0];
  const instrumenter = createInstrumenter({ coverageVariable: COUNTERS, esModules: false });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, instrumenter.instrumentSync(code, file));
  const loaded: Pick<Instrumented, "targets"> = createRequire(import.meta.url)(file);
  const counters = Reflect.get(globalThis, COUNTERS)[file] as FileCounters;
  return { targets: loaded.targets, coverage: new Coverage(counters), words: wordsOf(code) };
}

function wordsOf(code: string): readonly Uint8Array[] {
  const literals = code.matchAll(/"([^"\\\n]{1,40})"/g);
  return [...new Set([...literals].map(([, text]) => text ?? ""))].map(encodeText);
}
