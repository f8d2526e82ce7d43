import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatLines, type ObjectId } from "@countersign/core";
import { digestOf, formatWithdrawal } from "@countersign/core/internal";
import {
  addToLedger,
  fetchLedger,
  openGitRepository,
  pushLedger,
  readLocalLedger,
  uniteLocal,
} from "@countersign/git/internal";
import { expect, it } from "vitest";
import { findRewriting } from "../../packages/core/src/ledger/rewriting.ts";
import { BACKENDS } from "../contract/backends.ts";
import { NAMESPACE } from "../rig/keys/cosign-commit.ts";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { Repo } from "../rig/repository/repo.ts";
import { BRANCH, LEDGER, openLedgerWorld, REF, Writer } from "./ledger-world.ts";

function installHook(repo: Repo, name: string, script: string): void {
  const hook = join(repo.commonDir, "hooks", name);
  writeFileSync(hook, `#!/bin/sh\n${script}\n`);
  chmodSync(hook, 0o755);
}

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no fault",
    (error: { code?: unknown }) => error.code,
  );
}

it("a record of any paths is written as git stores it, and found again by every backend", async () => {
  await using world = await openLedgerWorld();
  const { repo, repository, signer } = world.ada;
  const blob = repo.git(["hash-object", "-w", "--stdin"], { input: "x" });
  const paths = ["\xff\xfe/\n", "\xff\xff/\n", 'a"\\\tb', "a.b", "a/b", "a0b"];
  const index = paths.map((path) => `100755 ${blob}\t${path}\0`).join("");
  repo.git(["update-index", "-z", "--add", "--index-info"], { input: Buffer.from(index, "latin1") });
  const odd = repo.commit("Odd paths\n", { files: { "README.md": null } });
  const plain = repo.commit("Plain\n");
  const before = [repo.git(["status", "--porcelain"]), repo.git(["ls-files", "--stage"]), repo.oid("HEAD")];
  const record = await world.ada.record([odd, plain]);

  const tip = await addToLedger(repository, BRANCH, { records: [record] });

  expect([repo.git(["status", "--porcelain"]), repo.git(["ls-files", "--stage"]), repo.oid("HEAD")]).toEqual(before);
  expect(repo.oid(REF)).toBe(tip);
  expect(repo.git(["log", "-1", "--format=%B%an <%ae>%n%P", REF])).toBe(
    "Co-signs for main\nBob Builder <bob@acme.example>\n",
  );
  repo.git(["fsck", "--strict", "--connectivity-only", tip]);
  const raw = ["diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-commit-id"];
  const [fan = "", rest = ""] = [record.lines.blocks[0]?.paths.slice(0, 2), record.lines.blocks[0]?.paths.slice(2)];
  const folder = `${tip}:${fan}/${rest}/${digestOf(formatLines(record.lines))}-1`;
  const compared = repo.try([...raw, `${folder}/before`, `${folder}/after`]).stdout;
  expect(compared).toBe(repo.try([...raw, odd]).stdout);
  const other = await world.ada.record([plain], { project: "acme/other" });
  const more = await addToLedger(repository, BRANCH, { records: [other] });
  for (const { open } of BACKENDS) {
    const reader = await open(repo);
    const read = new Writer(repo, reader as never, "ada@acme.example").read(tip, signer);
    expect(await read).toEqual(["ada@acme.example 2026-11-23T10:00:00Z 1", "ada@acme.example 2026-11-23T10:00:00Z 2"]);
    expect(await findRewriting(reader, tip, more)).toBeUndefined();
    expect(await findRewriting(reader, more, tip)).toMatch(/^removes the record /);
    await reader.close();
  }
});

it.each(["sha1", "sha256"] as const)(
  "several records and withdrawals come by one commit, a large one too, and nothing comes twice, in %s",
  async (format) => {
    await using world = await openLedgerWorld(format);
    const { repo, repository, signer } = world.ada;
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, number) => [`d${number}/f`, `${number}\n`]));
    const [large, small] = [repo.commit("Large\n", { files }), repo.commit("Small\n")];
    const [first, second] = [await world.ada.record([large]), await world.ada.record([small])];
    const recordId = digestOf(formatLines(second.lines));
    const withdrawal = { head: { ...second.lines.head, time: "2026-11-24T10:00:00Z" }, recordId };
    const signature = signer.sign(NAMESPACE, Buffer.from(formatWithdrawal(withdrawal)));
    const places = [{ paths: second.lines.blocks[0]?.paths ?? "", recordId, blockNumber: 1 }];
    const addition = { records: [first, second], withdrawals: [{ withdrawal, signature, places }] };

    const tip = await addToLedger(repository, BRANCH, addition);

    expect(repo.git(["rev-list", "--count", tip])).toBe("1");
    expect(await world.ada.read(tip, signer)).toHaveLength(2);
    expect(repo.git(["ls-tree", "-r", "--name-only", tip]).match(/\/withdrawn$/gm)).toHaveLength(1);
    expect(await addToLedger(repository, BRANCH, addition)).toBe(tip);
    repo.git(["fsck", "--strict", "--connectivity-only", tip]);
  },
);

it("two who begin a ledger at the same time, and two who go on with it, lose nothing", async () => {
  await using world = await openLedgerWorld();
  const { ada, grace, server } = world;
  const work = ada.repo.commit("Work\n");
  ada.repo.git(["push", "-q", "origin", "main"]);
  grace.repo.git(["pull", "-q", "origin", "main"]);
  for (const time of ["2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"]) {
    for (const { repository, record } of [ada, grace].map((writer) => ({
      ...writer,
      record: writer.record([work], { time }),
    }))) {
      await addToLedger(repository, BRANCH, { records: [await record] });
    }
    for (const { repository } of [ada, grace]) await pushLedger(repository, LEDGER);
  }
  const tip = server.oid(REF);
  grace.repo.git(["fsck", "--connectivity-only", tip]);
  expect(await grace.read(tip, ada.signer, grace.signer)).toEqual([
    "ada@acme.example 2026-11-23T10:00:00Z 1",
    "ada@acme.example 2026-11-23T11:00:00Z 1",
    "grace@acme.example 2026-11-23T10:00:00Z 1",
    "grace@acme.example 2026-11-23T11:00:00Z 1",
  ]);
  // What was fetched and what is here are the same as there, and the next record goes on from it.
  expect([grace.repo.oid(REF), grace.repo.oid(BRANCH.tracking)]).toEqual([tip, tip]);
  await fetchLedger(ada.repository, LEDGER);
  const next = await addToLedger(ada.repository, BRANCH, {
    records: [await ada.record([work], { time: "2026-11-23T12:00:00Z" })],
  });
  expect(ada.repo.git(["rev-parse", `${next}^@`])).toBe(tip);
  expect(await uniteLocal(ada.repository, { ref: REF }, tip as ObjectId)).toBe(next);
});

it("a push that is overtaken begins again, and no hook of the clone runs by it", async () => {
  await using world = await openLedgerWorld();
  const { ada, grace, server } = world;
  const work = ada.repo.commit("Work\n");
  ada.repo.git(["push", "-q", "origin", "main"]);
  grace.repo.git(["pull", "-q", "origin", "main"]);
  const first = await addToLedger(ada.repository, BRANCH, { records: [await ada.record([work])] });
  ada.repo.git(["push", "-q", "origin", `${first}:refs/heads/meanwhile`]);
  // The ledger moves while grace's push is under way, once.
  const once = join(server.dir, "once");
  installHook(server, "update", `test -e "${once}" && exit 0\n>"${once}"\ngit update-ref ${REF} ${first}\nexit 1`);
  installHook(grace.repo, "pre-push", `>"${grace.repo.dir}.hooked"\nexit 1`);
  await addToLedger(grace.repository, BRANCH, { records: [await grace.record([work])] });

  await pushLedger(grace.repository, LEDGER);

  expect(existsSync(once)).toBe(true);
  expect(existsSync(`${grace.repo.dir}.hooked`)).toBe(false);
  expect(await grace.read(server.oid(REF), ada.signer, grace.signer)).toHaveLength(2);
});

it("where the push is refused, the record stays in the local ledger, and comes with the next push", async () => {
  await using world = await openLedgerWorld();
  const { ada, server } = world;
  const work = ada.repo.commit("Work\n");
  installHook(server, "update", 'echo "you may not push here" >&2\nexit 1');
  const tip = await addToLedger(ada.repository, BRANCH, { records: [await ada.record([work])] });
  const refusal = await pushLedger(ada.repository, LEDGER).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    code: "LEDGER_NOT_PUSHED",
    what: expect.stringMatching(/^origin did not take the ledger countersign\/ledger: remote: you may not push here/),
    fix: expect.stringContaining("git push origin countersign/ledger"),
  });
  expect([ada.repo.oid(REF), server.ref(REF)]).toEqual([tip, undefined]);
  installHook(server, "update", "exit 0");
  ada.repo.git(["push", "-q", "origin", "countersign/ledger"]);
  expect(server.ref(REF)).toBe(tip);
  await pushLedger(ada.repository, LEDGER);
  expect(server.ref(REF)).toBe(tip);
});

it("a shallow clone that has the ledger's tip alone adds to it", async () => {
  await using world = await openLedgerWorld();
  const { ada, server } = world;
  const { scratch } = ada.repo;
  const work = ada.repo.commit("Work\n");
  ada.repo.git(["push", "-q", "origin", "main"]);
  for (const time of ["2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"]) {
    await addToLedger(ada.repository, BRANCH, { records: [await ada.record([work], { time })] });
  }
  await pushLedger(ada.repository, LEDGER);
  ada.repo.git(["clone", "-q", "--depth=1", `file://${server.dir}`, join(scratch.dir, "shallow")]);
  const repo = new Repo(scratch, join(scratch.dir, "shallow"));
  repo.git(["fetch", "-q", "--depth=1", "origin", `${REF}:${BRANCH.tracking}`]);
  const repository = await openGitRepository(repo.dir, repo.env);
  const carl = new Writer(repo, repository, "carl@acme.example");
  // Somebody else is quicker, so that both have to be united.
  await addToLedger(ada.repository, BRANCH, { records: [await ada.record([work], { project: "acme/other" })] });
  await pushLedger(ada.repository, LEDGER);

  await addToLedger(repository, BRANCH, { records: [{ ...(await ada.record([work], { cosigner: carl.address })) }] });
  await pushLedger(repository, LEDGER);

  await fetchLedger(ada.repository, LEDGER);
  expect(await ada.read(server.oid(REF), ada.signer)).toHaveLength(4);
  await repository.close();
});

it("files that are no records are left alone, and commits are signed where git is set to", async () => {
  await using world = await openLedgerWorld();
  const { ada } = world;
  const { repo } = ada;
  const work = repo.commit("Work\n");
  repo.git(["checkout", "-q", "--orphan", "countersign/ledger"]);
  repo.git(["rm", "-rfq", "."]);
  const first = repo.commit("Start the ledger\n", {
    files: { ".github/workflows/countersign-ledger.yml": "on: push\n" },
  });
  repo.git(["checkout", "-q", "main"]);
  const key = makeSshKey(repo.scratch, "git-key", ["-t", "ed25519"]);
  repo.git(["config", "gpg.format", "ssh"]);
  repo.git(["config", "user.signingKey", key.path]);
  repo.git(["config", "commit.gpgSign", "true"]);

  const tip = await addToLedger(ada.repository, BRANCH, { records: [await ada.record([work])] });

  expect(repo.git(["rev-parse", `${tip}^@`])).toBe(first);
  expect(repo.git(["show", `${tip}:.github/workflows/countersign-ledger.yml`])).toBe("on: push");
  expect(repo.git(["cat-file", "commit", tip])).toContain("\ngpgsig -----BEGIN SSH SIGNATURE-----\n");
  expect(await ada.read(tip, ada.signer)).toHaveLength(1);
});

it("a ledger that is a tag, a symbolic ref, or not a branch is written by nobody", async () => {
  await using world = await openLedgerWorld();
  const { repo, repository } = world.ada;
  const work = repo.commit("Work\n");
  const records = [await world.ada.record([work])];
  const main = repo.oid("refs/heads/main");
  const add = (ref = REF) => codeOf(addToLedger(repository, { ...BRANCH, ref }, { records }));
  for (const target of ["refs/heads/main", "refs/heads/nowhere"]) {
    repo.git(["symbolic-ref", REF, target]);
    expect(await add()).toBe("LEDGER_UNFIT");
  }
  repo.git(["symbolic-ref", "--delete", REF]);
  repo.git(["tag", "-a", "-m", "x", "x"]);
  writeFileSync(join(repo.commonDir, REF.replace("countersign/ledger", "tagged")), `${repo.oid("refs/tags/x")}\n`);
  expect(await add("refs/heads/tagged")).toBe("LEDGER_UNFIT");
  expect(await add("refs/notes/ledger")).toBe("LEDGER_UNFIT");
  expect(repo.oid("refs/heads/main")).toBe(main);
  expect(await readLocalLedger(repository, REF)).toBeUndefined();
  expect(await add()).toBe("no fault");
});
