import { spawnSync } from "node:child_process";
import { it } from "vitest";
import { sshKeygen } from "../rig/ssh-keys.ts";
import { assist, openCosignWorld } from "./cosign-world.ts";
import { CTRL_C, QUESTION, TerminalSession } from "./terminal-session.ts";

it.each(Array.from({ length: 60 }, (_, i) => i))(
  "s%i",
  async () => {
    using world = openCosignWorld();
    assist(world);
    sshKeygen(world.scratch, ["-p", "-q", "-P", "", "-N", "open sesame", "-f", world.key.path]);
    const session = new TerminalSession(world.ada, ["cosign"], {
      env: { HOOKLOG: `${world.scratch.dir}/hook`, NODE_OPTIONS: "--require /tmp/hook.cjs" },
    });
    await session.read(QUESTION);
    session.type("yes\r");
    await session.read("Enter passphrase");
    const typed = process.hrtime.bigint() / 1000n;
    session.type(CTRL_C);
    const r = await Promise.race([session.ended, new Promise((f) => setTimeout(f, 8000))]);
    if (!r) {
      console.log(
        "HUNG",
        Number(typed),
        Number(process.hrtime.bigint() / 1000n),
        spawnSync("tail", ["-12", `${world.scratch.dir}/hook`]).stdout.toString(),
      );
      console.log(
        spawnSync("sh", [
          "-c",
          'for t in $(ps -eo tty,args | grep -F "ssh-keygen -q -Y" | grep -v grep | cut -d" " -f1); do stty -F /dev/$t -a | grep -E "isig|echo"; done',
        ]).stdout.toString(),
      );
      throw new Error("hung");
    }
  },
  60000,
);
