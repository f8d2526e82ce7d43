import { openPushWorld, POLICY } from "../rig/worlds/push-world.ts";
import { installPreReceive } from "../rig/worlds/receive-world.ts";
import { pushAsCrowd } from "../servers/many-clients.ts";
import { needServers } from "../servers/needed.ts";
import { makeKeys, startSshd } from "../servers/sshd.ts";

// Many clients at once on OpenSSH's server with the hook: how long it takes, and what became of the pushes.
// usage: tsx test/bench/crowd.ts [CLIENTS] [PUSHES] [BRANCHES]

const [clients = 20, pushes = 200, count = 10] = process.argv.slice(2).map(Number);
needServers();
using world = openPushWorld({ policy: POLICY.replace("[main]", '[main, "release/**"]') });
const { server, scratch } = world;
installPreReceive(server, { through: "env" });
const branches = Array.from({ length: count }, (_, at) => `release/${at}`);
for (const branch of branches) server.git(["branch", branch, "main"]);
const { bob } = makeKeys(scratch, ["bob"]);
await using sshd = await startSshd(scratch, { keys: { bob }, authorized: `${bob.path}.pub` });
const began = performance.now();
const made = await pushAsCrowd(world, { env: sshd.env, url: `ssh://bob${server.dir}` }, { clients, pushes, branches });
const seconds = (performance.now() - began) / 1000;
const landed = new Set(server.git(["rev-list", "--branches", "--not", "main"]).split("\n"));
const counts = {
  "let in": made.filter(({ status }) => status === 0).length,
  "refused by the policy": made.filter(({ said }) => said.includes("COSIGN_MISSING")).length,
  "too late for their branch": made.filter(({ status, said }) => status !== 0 && !said.includes("COSIGN_MISSING"))
    .length,
  "with a wrong verdict": made.filter(({ mayLand, status, said }) =>
    status === 0 ? !mayLand : mayLand && /COSIGN_|cannot decide/.test(said),
  ).length,
  lost: made.filter(({ status, tip }) => (status === 0) !== landed.has(tip)).length,
};
console.log(`${clients} clients, ${pushes} pushes to ${count} branches: ${seconds.toFixed(1)} s`);
for (const [what, number] of Object.entries(counts)) console.log(`  ${what.padEnd(28)} ${String(number).padStart(4)}`);
