import * as v from "valibot";
import { AgentsSchema, CodeSchema, listOf, OidSchema, ProofSchema, SubjectSchema } from "../log/evidence-schema.ts";

const count = v.pipe(v.number(), v.integer());
const time = v.pipe(v.string(), v.description("In UTC; with `--anonymous` the day alone."));
const person = v.object({
  name: v.pipe(v.string(), v.description("With `--anonymous` a pseudonym.")),
  email: v.pipe(v.nullable(v.string()), v.description("Null with `--anonymous`.")),
});

const ShareSchema = v.object({
  name: v.string(),
  landings: count,
  assisted: v.pipe(count, v.description("How many of them brought at least one AI-assisted commit.")),
});

const StandingSchema = v.pipe(
  v.picklist(["unjudged", "free", "co-signed", "emergency", "warned", "undecided", "bypassed"]),
  v.description(
    "`unjudged`: no policy protected the branch; `free`: nothing was asked; `co-signed`: all that was asked was given; `emergency`: it landed in an emergency and is to be reviewed yet; `warned`: it breaks a rule, and the policy only warned; `undecided`: it cannot be judged; `bypassed`: it came around the gate.",
  ),
);

const LandingSchema = v.object({
  commit: v.pipe(v.nullable(OidSchema), v.description("Null with `--anonymous`.")),
  landed: time,
  subject: v.pipe(v.nullable(SubjectSchema), v.description("Null with `--anonymous`.")),
  author: person,
  commits: v.pipe(count, v.description("How many commits came with it.")),
  assisted: v.pipe(count, v.description("How many of them are AI-assisted, as `log` says it.")),
  agents: AgentsSchema,
  folders: v.pipe(
    listOf(v.string()),
    v.description("The folders of the root that it changes something in; `.` is the root."),
  ),
  standing: StandingSchema,
  wrong: v.pipe(listOf(CodeSchema), v.description("What is wrong with it, as `audit` says it.")),
  cosigns: v.pipe(
    listOf(v.object({ ...person.entries, proof: ProofSchema, time: v.nullable(time) })),
    v.description("Those that count."),
  ),
});

/** The JSON of an overview. */
export const OverviewSchema = v.pipe(
  v.object({
    version: v.literal(1),
    branch: v.pipe(v.string(), v.description("By its short name.")),
    tip: v.pipe(v.nullable(OidSchema), v.description("Where it stands; null with `--anonymous`.")),
    from: v.pipe(
      v.nullable(OidSchema),
      v.description(
        "Where it stood before the first landing: the commits are those of `log FROM..TIP`. Null for all of them.",
      ),
    ),
    made: time,
    landings: v.object({ count, assisted: count }),
    commits: v.pipe(
      v.object({ count, assisted: count }),
      v.description("The same numbers as those of `log` of the same range."),
    ),
    standings: v.object({
      unjudged: count,
      free: count,
      "co-signed": count,
      emergency: count,
      warned: count,
      undecided: count,
      bypassed: count,
    }),
    asked: v.pipe(count, v.description("How often a requirement was asked of a commit.")),
    met: v.pipe(count, v.description("How often it was met.")),
    periods: v.pipe(
      listOf(v.object({ begins: time, ...ShareSchema.entries })),
      v.description("Days, weeks, months or years, whichever are not too many."),
    ),
    agents: listOf(v.object({ agent: v.string(), landings: count })),
    folders: listOf(ShareSchema),
    coverage: listOf(
      v.object({
        rules: v.pipe(
          v.string(),
          v.description("The policy's rules that asked; empty for what is asked of all AI-assisted work."),
        ),
        needs: v.pipe(v.string(), v.description("In words.")),
        asked: count,
        met: count,
      }),
    ),
    medianWait: v.pipe(v.nullable(count), v.description("From the commit to its co-sign, in seconds.")),
    waits: listOf(v.object({ name: v.string(), cosigns: count })),
    signers: listOf(
      v.object({
        ...person.entries,
        commits: v.pipe(count, v.description("How many commits the person has co-signed.")),
        signatures: v.pipe(count, v.description("With how many signatures.")),
        files: count,
        lines: v.pipe(count, v.description("How many lines those commits add and delete, merges left aside.")),
        medianLines: v.nullable(count),
        mostLines: v.nullable(count),
      }),
    ),
    landed: v.pipe(listOf(LandingSchema), v.description("The landings, the oldest first.")),
  }),
  v.description("What `countersign report --format json` prints. Fields may be added."),
);

export type OverviewJson = v.InferOutput<typeof OverviewSchema>;
