import type { Json } from "../../files/edits/json-source.ts";
import type { HookEntry, Launcher, MergedFile } from "../installers/installer.ts";
import { callSign, type HookCall, shellCommand } from "./hook-command.ts";

/** What a JSON shape needs to know of an agent. */
export interface HookShape {
  readonly agent: string;
  readonly paths: readonly [string, ...string[]];
  /** Event to the pattern of tool names that it is wanted for; null if it takes none. */
  readonly events: Readonly<Record<string, string | null>>;
  readonly companions?: { readonly [key: string]: Json };
  /** See `HookCall`. */
  readonly root?: string;
  readonly folder?: string;
  /** What each handler has besides its command, or instead of it. */
  readonly handler?: (call: HookCall) => { readonly [key: string]: Json };
  /** What identifies our entries if the command is not in them. */
  readonly sign?: string;
}

/** Claude Code's shape, which most others took over: events to groups of a matcher and its handlers. */
export function matcherGroups(shape: HookShape): MergedFile {
  return merged(shape, (event, matcher, handler) => ({
    path: ["hooks", event],
    value: { ...(matcher === null ? {} : { matcher }), hooks: [{ type: "command", ...handler }] },
  }));
}

/** Events to plain lists of handlers. */
export function flatLists(shape: HookShape): MergedFile {
  return merged(shape, (event, matcher, handler) => ({
    path: ["hooks", event],
    value: { ...(matcher === null ? {} : { matcher }), ...handler },
  }));
}

/** Kiro's shape: one list of named hooks, each with its trigger. */
export function namedHooks(shape: HookShape): MergedFile {
  return merged(shape, (event, matcher, handler) => ({
    path: ["hooks"],
    value: {
      name: `countersign-${event.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase()}`,
      trigger: event,
      ...(matcher === null ? {} : { matcher }),
      action: { type: "command", ...handler },
    },
  }));
}

type EntryOf = (event: string, matcher: string | null, handler: { readonly [key: string]: Json }) => HookEntry;

function merged(shape: HookShape, entryOf: EntryOf): MergedFile {
  const { agent, paths, events, companions = {}, handler = inlineHandler, sign = callSign(agent) } = shape;
  const { root, folder } = shape;
  const place = { ...(root === undefined ? {} : { root }), ...(folder === undefined ? {} : { folder }) };
  return {
    kind: "merged",
    paths,
    companions,
    sign,
    entries: (launcher: Launcher) =>
      Object.entries(events).map(([event, matcher]) => entryOf(event, matcher, handler({ agent, launcher, ...place }))),
  };
}

function inlineHandler(call: HookCall): { readonly [key: string]: Json } {
  return { command: shellCommand(call) };
}
