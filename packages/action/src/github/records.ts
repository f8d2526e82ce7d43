import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { escapeText } from "@countersign/report";
import { withGateRepository } from "../gate/gate-repository.ts";
import { keepRecords } from "../gate/ledger/keep-records.ts";
import { readRecords } from "../gate/ledger/read-records.ts";
import { github } from "./github.ts";
import type { Runner } from "./runner.ts";

/**
 * The job that puts the records of a comment into the ledger, with a token that may push there. It judges nothing: what
 * it keeps counts by its signature, no matter who wrote the comment.
 */
export async function records(runner: Runner): Promise<ExitCode> {
  const { event } = runner;
  const pasted = event.kind === "comment" ? readRecords(event.body) : [];
  if (event.kind !== "comment" || pasted.length === 0) {
    runner.print("countersign: there is no record in this comment");
    return EXIT_CODES.allow;
  }
  const forge = github(runner.access);
  const request = await forge.request(event.number);
  if (!request.isOpen) {
    runner.print(`countersign: ${request.name} is not open`);
    return EXIT_CODES.allow;
  }
  const { kept, left } = await withGateRepository(forge.source, runner.environment, (place) =>
    keepRecords(place, request, pasted),
  );
  runner.print(`countersign: ${kept} of ${pasted.length} records kept in the ledger`);
  for (const reason of left) runner.print(`countersign: left out: ${escapeText(reason)}`);
  return EXIT_CODES.allow;
}
