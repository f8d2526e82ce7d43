import { afterAll, describe, it } from "vitest";
import {
  cosignHead,
  fromNow,
  openKeyRing,
  reword,
  signatureTrailer,
  signedPolicy,
} from "../../rig/keys/cosign-commit.ts";
import { makeSecurityKey, SECURITY_KEY_TYPES } from "../../rig/keys/software-authenticator.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { openPushWorld } from "../../rig/worlds/push-world.ts";

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
const INFRA = 'rules:\n  - { name: infrastructure, paths: ["infra/**"], cosign: { maxAge: 10m } }\n';
const policyOf = (cosign: string, rest = ""): string => signedPolicy({ ada: [ada.line] }, `proof: ${cosign}`, rest);

describe("a signature is too old", () => {
  it.each([
    ["after thirty days, unless the policy says otherwise", "signed", -30 * DAY - MINUTE, -30 * DAY + MINUTE],
    ["after as many hours as the policy says", "signed, maxAge: 2h", -2 * HOUR - MINUTE, -2 * HOUR + MINUTE],
    ["after as many weeks as the policy says", "signed, maxAge: 9w", -63 * DAY - MINUTE, -63 * DAY + MINUTE],
    ["even where a typed co-sign would do", "declared", -31 * DAY, -29 * DAY],
  ])("%s", (_, cosign, old, young) => {
    using world = openPushWorld({ policy: policyOf(cosign) });
    world.dev.commit(ASSISTED);
    const time = fromNow(old);
    expectRefused(
      attempt(world, cosignHead(world.dev, ada, { time })),
      "COSIGN_STALE",
      `the co-sign of ada@acme.example was given at ${time}, too long ago`,
    );
    reword(world.dev, ASSISTED);
    expectAllowed(
      attempt(world, cosignHead(world.dev, ada, { time: fromNow(young) })),
      "co-signed by ada@acme.example (signed)",
    );
  });

  it("by the clock of the machine that judges, not by the commit's own dates", () => {
    using world = openPushWorld({ policy: policyOf("signed") });
    const { dev } = world;
    const [time, date] = [fromNow(-365 * DAY), fromNow(-364 * DAY)];
    dev.commit(ASSISTED, { date });
    const message = `${ASSISTED}Co-signed-by: Ada <ada@acme.example>\n${signatureTrailer(dev, "HEAD", ada, { time })}\n`;
    expectRefused(attempt(world, dev.commit(message, { files: {}, date, args: ["--amend"] })), "COSIGN_STALE", time);
    reword(dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(dev, ada)));
  });

  it("for the paths of which a rule says so", () => {
    using world = openPushWorld({ policy: policyOf("signed", INFRA) });
    const time = fromNow(-HOUR);
    world.dev.commit(ASSISTED, { files: { "src/a.ts": "a\n" } });
    expectAllowed(attempt(world, cosignHead(world.dev, ada, { time })));
    world.dev.commit(ASSISTED, { files: { "infra/a.tf": "a\n", "src/a.ts": "b\n" } });
    expectRefused(attempt(world, cosignHead(world.dev, ada, { time })), "COSIGN_STALE", "too long ago");
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada)));
  });

  it("no more once there is a younger one, and it is the younger one that is told of", () => {
    const touched = makeSecurityKey(SECURITY_KEY_TYPES[0]);
    using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line, touched.line] }) });
    world.dev.commit(ASSISTED);
    expectRefused(attempt(world, cosignHead(world.dev, touched, { time: fromNow(-31 * DAY) })), "COSIGN_STALE");
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });
});

describe("a signature from a time to come", () => {
  it.each([
    ["in ten minutes", 10 * MINUTE],
    ["in a year", 365 * DAY],
    ["in the year 9999", 251_000_000_000],
  ])("is refused: %s", (_, ahead) => {
    using world = openPushWorld({ policy: policyOf("signed, maxAge: 9w") });
    const time = ahead > 1e11 ? "9999-12-31T23:59:59Z" : fromNow(ahead);
    world.dev.commit(ASSISTED);
    expectRefused(
      attempt(world, cosignHead(world.dev, ada, { time })),
      "COSIGN_STALE",
      `the co-sign of ada@acme.example was given at ${time}, which is in the future`,
      "sets the clock right and signs again",
    );
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("counts where the signer's clock is ahead by a few minutes", () => {
    using world = openPushWorld({ policy: policyOf("signed") });
    world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada, { time: fromNow(4 * MINUTE) })));
  });
});

describe("the time of a signature must be in UTC to the second", () => {
  const good = fromNow(-HOUR);
  const day = good.slice(0, 10);
  it.each([
    ["an offset", `${good.slice(0, -1)}+00:00`],
    ["no zone", good.slice(0, -1)],
    ["a small z", `${good.slice(0, -1)}z`],
    ["parts of a second", `${good.slice(0, -1)}.000Z`],
    ["no seconds", `${day}T10:00Z`],
    ["a small t", good.replace("T", "t")],
    ["a month that is none", "2026-13-01T10:00:00Z"],
    ["a day that is none", "2026-00-10T10:00:00Z"],
    ["an hour that is none", `${day}T25:00:00Z`],
    ["a number of seconds", String(Math.floor(Date.now() / 1000))],
    ["the year in six digits", `+00${good}`],
  ])("and not with %s", (_, time) => {
    using world = openPushWorld({ policy: policyOf("signed") });
    world.dev.commit(ASSISTED);
    expectRefused(
      attempt(world, cosignHead(world.dev, ada, { time })),
      "COSIGN_INVALID",
      "its time must be in UTC to the second",
      "COSIGN_DECLARED_ONLY",
    );
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada, { time: good })));
  });
});
