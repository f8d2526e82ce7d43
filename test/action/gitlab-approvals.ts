import type { GitlabServer } from "./gitlab-server.ts";

/** An account as GitLab's API shows it beside what it did. */
export interface Account {
  readonly id: number;
  readonly username: string;
}

export const ADA: Account = { id: 17, username: "ada-l" };
export const BOB: Account = { id: 8, username: "bob" };

/** The time of a day, by the minute. */
export function at(minute: number): string {
  return `2026-11-28T10:${String(minute).padStart(2, "0")}:00.123Z`;
}

/** The head of a merge request comes by a push, in the shapes that GitLab documents. */
export function pushed(
  gitlab: GitlabServer,
  iid: number,
  head: string,
  { by = BOB, minute = 0, project = 7 }: { by?: Account; minute?: number; project?: number } = {},
): void {
  const { versions } = gitlab.requests.get(iid) ?? { versions: [] };
  const version = {
    id: 100 + minute,
    head_commit_sha: head,
    base_commit_sha: "0".repeat(40),
    start_commit_sha: "0".repeat(40),
    created_at: at(minute),
    merge_request_id: iid,
    state: "collected",
    real_size: "1",
  };
  gitlab.open(iid, head, { source: project, author: BOB, versions: [version, ...versions] });
  const event = {
    id: 1000 + minute,
    project_id: project,
    action_name: "pushed to",
    author_id: by.id,
    author: { ...by, name: by.username, state: "active" },
    created_at: at(minute),
    push_data: {
      commit_count: 1,
      action: "pushed",
      ref_type: "branch",
      commit_from: "0".repeat(40),
      commit_to: head,
      ref: "upload",
      commit_title: "Retry uploads",
      ref_count: null,
    },
  };
  const known = gitlab.events.get(project);
  if (known) gitlab.events.set(project, [event, ...known]);
}

/** An approval, given at a minute. */
export function approved(by: Account, minute: number): object {
  return { user: { ...by, name: by.username, state: "active", web_url: "" }, approved_at: at(minute) };
}
