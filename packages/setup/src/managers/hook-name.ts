/** The hooks that are set up, the one that guards pushes first. Each is run by the bin `countersign-<hook>`. */
export const HOOK_NAMES = ["pre-push", "pre-commit", "prepare-commit-msg", "commit-msg"] as const;

export type HookName = (typeof HOOK_NAMES)[number];

export function binOf(hook: HookName): string {
  return `countersign-${hook}`;
}
