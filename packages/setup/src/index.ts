export { adviseSharing } from "./agents/advise-sharing.ts";
export { applyToAgents } from "./agents/agent-faults.ts";
export { formatAgents, listAgents } from "./agents/agent-list.ts";
export { formatAgentPlan } from "./agents/agent-plan-text.ts";
export { chooseByName, chooseUsed } from "./agents/choose-agents.ts";
export { installers } from "./agents/installers/installers.ts";
export { changesAgent, planAgentInstall, planAgentUninstall } from "./agents/plan-agents.ts";
export { findPrograms, openProject } from "./agents/project.ts";
export type { CheckResult } from "./doctor/check-result.ts";
export { checkResultsToJson, exitCodeOf, formatCheckResult, formatOutcome } from "./doctor/doctor-report.ts";
export { examineClone } from "./doctor/examine-clone.ts";
export { examineServer } from "./doctor/examine-server.ts";
export { isInside } from "./files/grounds.ts";
export { Plan } from "./files/plan.ts";
export { applyInit } from "./init/apply-init.ts";
export { type Choices, CI_NAMES, type InitOptions, LEDGER } from "./init/choices.ts";
export { findDefaults } from "./init/defaults.ts";
export { findCallers } from "./init/find-callers.ts";
export { type Foresight, foresee } from "./init/foresee.ts";
export { formatNextSteps, formatNotes, formatPlan } from "./init/init-plan-text.ts";
export { planInit } from "./init/plan-init.ts";
export { prepareUninstall } from "./init/prepare-uninstall.ts";
export { askChoices } from "./init/questions.ts";
export { formatUndoings } from "./init/uninstall-text.ts";
export { MANAGER_NAMES } from "./managers/manager.ts";
export { addToRoster } from "./people/add-to-roster.ts";
export { findOwnKeys, readNamedKey } from "./people/public-keys.ts";
export { formatRosterLine, parseRosterLine } from "./people/roster-line.ts";
export { findSelf, parseSenior } from "./people/senior.ts";
export { writePolicy } from "./people/write-policy.ts";
export {
  installServerHook,
  type ServerHookChange,
  uninstallServerHook,
} from "./server/install-server-hook.ts";
export { lookAround } from "./surroundings.ts";
