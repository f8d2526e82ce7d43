import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

export interface Daemon extends AsyncDisposable {
  readonly port: number;
}

/** A port that somebody else takes meanwhile is not taken often. */
const TRIES = 5;

/**
 * Starts a server in the foreground that is to listen on some port of this machine, and waits until it says that it does. It
 * ends with the `await using` block.
 */
export async function startDaemon(
  program: string,
  { argsFor, env, ready }: { argsFor: (port: number) => readonly string[]; env: NodeJS.ProcessEnv; ready: string },
): Promise<Daemon> {
  let said = "";
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await findPort();
    const server = spawn(program, argsFor(port), { env, stdio: ["ignore", "ignore", "pipe"] });
    const ended = once(server, "close");
    const end = async (): Promise<void> => {
      server.kill();
      await ended;
    };
    for await (const line of createInterface(server.stderr)) {
      said += `${line}\n`;
      if (!line.includes(ready)) continue;
      server.stderr.resume();
      return { port, [Symbol.asyncDispose]: end };
    }
    await ended;
  }
  throw new Error(`${program} does not listen: ${said}`);
}

async function findPort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("a listener has a port");
  return address.port;
}
