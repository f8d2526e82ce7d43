export { adviseSharing } from "./agents/advise-sharing.ts";
export { formatAgents, listAgents } from "./agents/agent-list.ts";
export { chooseByName, chooseUsed } from "./agents/choose-agents.ts";
export { installers } from "./agents/installers.ts";
export { changesAnything, planInstall, planUninstall } from "./agents/plan.ts";
export { formatAgentPlan } from "./agents/plan-text.ts";
export { findPrograms, openProject } from "./agents/project.ts";
export { writeFiles } from "./agents/write-files.ts";
export { planCi } from "./ci/plan-ci.ts";
export {
  type CommandContext,
  currentTime,
  type ExitCode,
  type Input,
  type Output,
  print,
  printJson,
  printLines,
  type Start,
  type Surroundings,
  withRepository,
} from "./context.ts";
export { examineClone } from "./doctor/examine-clone.ts";
export type { Finding } from "./doctor/finding.ts";
export { exitCodeOf, findingsToJson, formatFinding, formatOutcome } from "./doctor/report.ts";
export { examineServer } from "./doctor/server/examine-server.ts";
export { carryOut, type Workplace } from "./files/carry-out.ts";
export { Draft } from "./files/draft.ts";
export { type Entry, readJournal, type Session, writeJournal } from "./files/journal.ts";
export { previewUndoings, takeBack, type Undoing } from "./files/take-back.ts";
export { type Choices, CI_NAMES, type InitOptions } from "./init/choices.ts";
export { type Consent, confirmPlan, requirePerson } from "./init/consent.ts";
export { type Defaults, findDefaults } from "./init/defaults.ts";
export { planAgents } from "./init/plan-agents.ts";
export { formatNotes, formatPlan, formatUndoings } from "./init/plan-text.ts";
export { askChoices } from "./init/questions.ts";
export { type Site, surveySite } from "./init/site.ts";
export { managerNamed } from "./managers/choose-manager.ts";
export { MANAGER_NAMES } from "./managers/manager.ts";
export { planPolicy } from "./policy/plan-policy.ts";
