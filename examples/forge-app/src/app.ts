import { once } from "node:events";
import { Queue } from "./queue.ts";
import { serve } from "./server.ts";
import { readSettings } from "./settings.ts";

/** A webhook may get lost, and a forge may not answer: all that is open is looked at again so often. */
const ROUND_MS = 15 * 60_000;

const settings = readSettings(process.env);
const queues = new Map(
  [...settings.gates].map(([name, gate]) => {
    const sign = name.startsWith("gitlab:") ? "!" : "#";
    const queue = new Queue(gate, (work, outcome) => {
      const about = work.kind === "request" ? `${sign}${work.number}` : work.kind;
      console.log(`${name} ${about}: ${outcome}`);
    });
    return [name, queue] as const;
  }),
);

function lookAtAll(): void {
  for (const queue of queues.values()) queue.add({ kind: "open", branches: [] });
}

const server = serve(settings, queues).listen(settings.port, process.env["HOST"] ?? "127.0.0.1");
await once(server, "listening");
const address = server.address();
console.log(`listening on port ${typeof address === "object" ? address?.port : address}`);
lookAtAll();
const rounds = setInterval(lookAtAll, ROUND_MS);

async function stop(): Promise<void> {
  clearInterval(rounds);
  server.close();
  await Promise.all([...queues.values()].map((queue) => queue.stop()));
  console.log("stopped");
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
