import type { Repository } from "../repository.ts";
import { timeOrNow } from "../time.ts";
import { conclude, type Decision, type UpdateVerdict } from "./decision.ts";
import { judgeLanding } from "./judge-landing.ts";
import { plan } from "./plan.ts";
import type { Push } from "./push.ts";

/** Judges every update of a push, so that one report says everything that is wrong. */
export async function judgePush(repository: Repository, push: Push): Promise<Decision> {
  const dated = { ...push, now: timeOrNow(push.now) };
  const verdicts: UpdateVerdict[] = [];
  for (const planned of await plan(repository, push)) {
    verdicts.push("tip" in planned ? await judgeLanding(repository, dated, planned) : planned);
  }
  return conclude(push.policy, verdicts);
}
