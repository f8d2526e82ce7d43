import { isCountersignError } from "@countersign/core";
import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { nameRequest } from "@countersign/git/internal";
import type { Forge } from "../gate/forge.ts";
import { type GateRepository, withGateRepository } from "../gate/gate-repository.ts";
import { describeWitnessed } from "../gate/ledger/describe-witnessed.ts";
import { attemptWitness, type Witnessed, witnessLanded } from "../gate/ledger/witness-landed.ts";
import { witnessRequest } from "../gate/ledger/witness-request.ts";
import type { GithubEvent } from "./event.ts";
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
    runner.print("countersign: there is no witness key, so no approval is recorded");
    return EXIT_CODES.allow;
  }
  const { event } = runner;
  const forge = github(runner.access);
  let code: ExitCode = EXIT_CODES.allow;
  await withGateRepository(forge.source, runner.environment, async (place) => {
    for await (const { number, written } of witnessEvent(forge, place, event, key)) {
      if (isCountersignError(written)) {
        code = EXIT_CODES.undecided;
        runner.fail(written);
      } else {
        runner.print(`countersign: ${nameRequest("#", number).name}: ${describeWitnessed(written)}`);
      }
    }
  });
  return code;
}

/** What landed by a push, and each open request that the event is about. */
async function* witnessEvent(
  forge: Forge,
  place: GateRepository,
  event: GithubEvent,
  key: string,
): AsyncGenerator<Witnessed> {
  if (event.kind === "push") yield* witnessLanded(forge, place, event, key);
  for (const number of await requestsOf(forge, event)) {
    const witnessed = await attemptWitness(number, async () => {
      const request = await forge.request(number);
      return request.isOpen ? witnessRequest(forge, place, request, key) : "it is not open";
    });
    if (witnessed) yield witnessed;
  }
}
