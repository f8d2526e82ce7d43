import type { Forge } from "../gate/forge.ts";
import { openRequests } from "../gate/open-requests.ts";
import type { GithubEvent } from "./event.ts";

/** The requests that an event is about; none for what came to a branch or a queue. */
export async function requestsOf(forge: Forge, event: GithubEvent): Promise<readonly number[]> {
  switch (event.kind) {
    case "pull":
    case "comment":
      return [event.number];
    case "head":
      return forge.requestsOf(event.head);
    case "dispatch":
      return event.number === undefined ? openRequests(forge, event.branches) : [event.number];
    default:
      return [];
  }
}
