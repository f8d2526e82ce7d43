import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openScratch } from "../rig/repository/scratch.ts";
import { describeMachine } from "./machine.ts";

/** What is measured. `probe` belongs into its environment: each Node then writes down how much memory it took. */
export type Case = (probe: NodeJS.ProcessEnv) => void;

interface Row {
  readonly name: string;
  /** The median, in milliseconds. */
  readonly time: number;
  /** To the first case. */
  readonly ratio: number;
  /** Of the largest Node that took part; undefined where none did. */
  readonly megabytes: number | undefined;
}

interface Section {
  readonly title: string;
  readonly how: string;
  readonly rows: readonly Row[];
}

const PROBE = `process.on("exit", () => {
  require("node:fs").appendFileSync(process.env.BENCH_PEAK, process.resourceUsage().maxRSS + "\\n");
});`;

/** Sections of cases that were measured beside one another, on one Node. */
export class Report {
  readonly node: string;
  readonly #sections: Section[] = [];

  constructor(node: string) {
    this.node = node;
  }

  /**
   * Runs the cases by turns, so that a busy machine is busy for all of them, prints the median of each and its ratio to
   * the first, and returns the medians in milliseconds. The first rounds warm the file cache.
   */
  compare(
    title: string,
    { rounds, warm = 2 }: { readonly rounds: number; readonly warm?: number },
    cases: Readonly<Record<string, Case>>,
  ): Readonly<Record<string, number>> {
    const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
    for (let round = 0; round < rounds + warm; round += 1) {
      for (const [name, measured] of Object.entries(cases)) {
        const began = process.hrtime.bigint();
        measured({});
        if (round >= warm) times.get(name)?.push(Number(process.hrtime.bigint() - began) / 1e6);
      }
    }
    const medians = [...times].map(([name, all]) => ({ name, time: median(all) }));
    const base = medians[0]?.time ?? 1;
    const rows = medians.map(({ name, time }) => {
      const measured = cases[name];
      return { name, time, ratio: time / base, megabytes: measured && peakOf(measured) };
    });
    const section = { title, how: rounds === 1 ? "once" : `median of ${rounds}, by turns`, rows };
    this.#sections.push(section);
    console.log(formatSection(section));
    return Object.fromEntries(medians.map(({ name, time }) => [name, time]));
  }

  /** All of it as a page. */
  toMarkdown(): string {
    const machine = describeMachine(this.node).map((line) => `- ${line}`);
    return [...machine, ...this.#sections.flatMap(markdownOf), ""].join("\n");
  }
}

function peakOf(measured: Case): number | undefined {
  using scratch = openScratch();
  const [probe, peaks] = [join(scratch.dir, "probe.cjs"), join(scratch.dir, "peaks")];
  writeFileSync(probe, PROBE);
  writeFileSync(peaks, "");
  measured({ NODE_OPTIONS: `--require ${probe}`, BENCH_PEAK: peaks });
  const sizes = readFileSync(peaks, "utf8").split("\n").filter(Boolean).map(Number);
  rmSync(peaks);
  return sizes.length === 0 ? undefined : Math.max(...sizes) / 1024;
}

function formatSection({ title, how, rows }: Section): string {
  const lines = rows.map(({ name, time, ratio, megabytes }) => {
    const size = megabytes === undefined ? "" : `${megabytes.toFixed(0).padStart(6)} MB`;
    return `  ${name.padEnd(52)} ${time.toFixed(1).padStart(9)} ms ${ratio.toFixed(2).padStart(7)} x${size}`;
  });
  return [`\n${title} (${how})`, ...lines].join("\n");
}

function markdownOf({ title, how, rows }: Section): readonly string[] {
  const lines = rows.map(({ name, time, ratio, megabytes }) => {
    const size = megabytes === undefined ? "" : `${megabytes.toFixed(0)} MB`;
    return `| ${name} | ${time.toFixed(1)} ms | ${ratio.toFixed(2)} | ${size} |`;
  });
  return ["", `## ${title}`, "", `| ${how} | time | ratio | peak of Node |`, "|---|--:|--:|--:|", ...lines];
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
