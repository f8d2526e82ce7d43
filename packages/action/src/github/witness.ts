import { isCountersignError } from "@countersign/core";
import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { withGateRepository } from "../gate/gate-repository.ts";
import { describeWitnessed } from "../gate/ledger/describe-witnessed.ts";
import { witnessLanded } from "../gate/ledger/witness-landed.ts";
import { witnessRequest } from "../gate/ledger/witness-request.ts";
import { github } from "./github.ts";
import { requestsOf } from "./requests-of.ts";
import type { Runner } from "./runner.ts";

/**
 * The job that writes approvals into the ledger, with a token that may push there and the witness's private key. It judges
 * nothing: what it writes counts by the policy, as the word of a forge and never more.
 */
export async function witness(runner: Runner): Promise<ExitCode> {
  const key = runner.input("witness_key");
  if (key === undefined) {
    runner.print("countersign: there is no witness's key, so no approval is written down");
    return EXIT_CODES.allow;
  }
  const { event } = runner;
  const forge = github(runner.access);
  let code: ExitCode = EXIT_CODES.allow;
  await withGateRepository(forge.source, runner.environment, async (place) => {
    const landed = event.kind === "push" ? await witnessLanded(forge, place, event, key) : [];
    for (const { request, written } of landed) {
      runner.print(`countersign: ${request.name}: ${describeWitnessed(written)}`);
    }
    for (const number of await requestsOf(forge, event)) {
      try {
        const request = await forge.request(number);
        const written = request.isOpen ? await witnessRequest(forge, place, request, key) : "it is not open";
        runner.print(`countersign: ${request.name}: ${describeWitnessed(written)}`);
      } catch (error) {
        if (!isCountersignError(error)) throw error;
        // One request that cannot be read keeps none of the others from being written down.
        code = EXIT_CODES.undecided;
        runner.fail(error);
      }
    }
  });
  return code;
}
