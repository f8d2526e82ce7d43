import { CountersignError } from "@countersign/core";
import { branchName, formatWithdrawal, groupBy, redactUrls } from "@countersign/core/internal";
import {
  addToLedger,
  type GitRepository,
  type NamedWork,
  type NewWithdrawal,
  withRepository,
  withSignatures,
} from "@countersign/git/internal";
import { escapeText, wrapText } from "@countersign/report";
import { currentTime, printLines } from "../../context.ts";
import { Stopped } from "../../interruption.ts";
import { withinTime } from "../../judging/within-time.ts";
import { judgeBranch } from "../judge-branch.ts";
import { ledgerBranch, pushKept, remoteLedger } from "../ledger/keep-record.ts";
import { withLocalLedger } from "../ledger/local-choice.ts";
import { formHead } from "../ledger/statement-head.ts";
import { findOwnCosigns, type OwnCosign } from "../own-cosigns.ts";
import { nameCommit } from "../review/task-fields.ts";
import type { Choices, Session } from "../session.ts";
import { signTexts } from "../sign-texts.ts";
import type { SignersKey } from "../signers-key.ts";
import { chooseTaskKey, findSigner, onlyOf } from "../task.ts";
import { ask, type Terminal } from "../terminal.ts";

/** What is to be taken back, by what was signed at once. */
interface WithdrawalTask {
  readonly records: ReadonlyMap<string, readonly OwnCosign[]>;
  readonly key: SignersKey | undefined;
}

/** Takes a person's co-signs of some work back, in whichever carrier they are. Without a terminal they are only shown. */
export async function withdrawCosigns(
  session: Session,
  terminal: Terminal | undefined,
  choices: Choices,
  work: NamedWork,
): Promise<void> {
  const { context, options, spoken, interruption } = session;
  const [choice] = choices;
  const { ledger } = choice.policy.policy;
  if (ledger === undefined) {
    const problem =
      "the policy in force names no ledger to withdraw it in; to remove a co-sign from a message, rewrite the message without it";
    throw new CountersignError("OPTION_INVALID", { option: "--withdraw", problem });
  }
  const { records, key } = await withinTime(context, (repository) => findTask(repository, choices, work, session));
  if (!key) {
    await printLines(
      context.stdout,
      wrapText("countersign: ", `nothing to withdraw: no co-sign of ${escapeText(work.name)} is yours`),
    );
    return;
  }
  await printLines(
    context.stdout,
    [...records].flatMap(([recordId, same]) => describeRecord(recordId, same)),
  );
  if (!terminal) {
    await printLines(context.stdout, ["", "countersign: a dry run; nothing was withdrawn"]);
    return;
  }
  const remote = options.push ? remoteLedger({ choice, ledger }) : undefined;
  const name = escapeText(branchName(ledger) ?? ledger);
  const where = remote ? `push that in ${name} to ${escapeText(redactUrls(remote.remote))}` : `keep that in ${name}`;
  const what = records.size === 1 ? "this signature" : `these ${records.size} signatures`;
  const answer = await ask(
    terminal,
    `Type yes to withdraw ${what} and ${where}, anything else to stop:`,
    interruption.signal,
  );
  if (answer !== "yes") throw new Stopped("no yes");
  const asked = [...records.values()].flatMap((same) => toWithdraw(choices, same));
  const texts = asked.map(({ withdrawal }) => formatWithdrawal(withdrawal));
  const signatures = await signTexts(spoken, key, texts, interruption);
  interruption.check();
  const withdrawals = withSignatures(asked, signatures);
  await withRepository(context, async (writer) => {
    await addToLedger(writer, ledgerBranch({ choice, ledger }), { withdrawals });
    if (remote) await pushKept(writer, remote);
  });
  const done = `withdrew ${withdrawals.length === 1 ? "1 signature" : `${withdrawals.length} signatures`} for ${escapeText(work.name)}`;
  const counts = remote ? "" : `; that counts once ${name} is where the work lands`;
  await printLines(context.stdout, ["", ...wrapText("countersign: ", `${done}${counts}`)]);
}

/** By the destination's ledger and by the local one: what is not pushed yet is taken back as well. */
async function findTask(
  repository: GitRepository,
  choices: Choices,
  work: NamedWork,
  { options }: Session,
): Promise<WithdrawalTask> {
  const [first] = choices;
  const { signer, person } = await findSigner(repository, first);
  const found: OwnCosign[] = [];
  for (const choice of choices) {
    const here = await withLocalLedger(repository, choice, choice.policy.policy.ledger ?? "");
    for (const by of new Set([choice, here])) {
      const verdict = await judgeBranch(repository, by, work, work.tip);
      found.push(...(await findOwnCosigns(repository, choice, onlyOf(work.only, verdict), person)));
    }
  }
  const records = groupBy(found, ({ place }) => place.recordId);
  if (records.size === 0) return { records, key: undefined };
  const key = await chooseTaskKey(repository, { choice: first, signer, person, wanted: [] }, options.key);
  return { records, key };
}

/** One folder of a record is enough. */
function toWithdraw(choices: Choices, [first]: readonly OwnCosign[]): readonly Omit<NewWithdrawal, "signature">[] {
  if (!first) return [];
  const { place, cosign } = first;
  // For the address that gave the co-sign: a person may have several.
  const head = formHead(choices[0], choices, { cosigner: cosign.email, time: currentTime() });
  return [{ withdrawal: { head, recordId: place.recordId }, places: [place] }];
}

function describeRecord(recordId: string, same: readonly OwnCosign[]): readonly string[] {
  const commits = groupBy(same, ({ verdict }) => verdict.commit);
  return [
    ...wrapText("", `signature ${recordId.slice(0, 12)}, with everything that it signed:`),
    ...[...commits.values()].flatMap(([one]) => (one ? wrapText("  ", describeOne(one)) : [])),
  ];
}

function describeOne({ verdict, cosign }: OwnCosign): string {
  const { where, email } = cosign;
  const place = where.carrier === "trailer" ? `on line ${where.line} of its message` : "in the ledger";
  return `${nameCommit(verdict)}, as ${escapeText(email)}, ${place}`;
}
