import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSshSignature } from "../../packages/core/src/ssh/ssh-signature.ts";
import { type Verification, verifySignature } from "../../packages/core/src/ssh/verify-signature.ts";
import { makeSecurityKey, SECURITY_KEY_TYPES } from "../rig/keys/software-authenticator.ts";
import { ourVerdict, sshKeygenVerdict } from "../rig/keys/ssh-verdicts.ts";
import { putTogether, sshStrings, takeApart } from "../rig/keys/ssh-wire.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";

const namespace = "countersign@v1";
const message = Buffer.from("countersign v1\nproject -\n");

let scratch: Scratch;
beforeAll(() => {
  scratch = openScratch();
});
afterAll(() => scratch[Symbol.dispose]());

function verification(blob: Buffer): Verification {
  const signature = parseSshSignature(blob);
  if (typeof signature === "string") throw new Error(signature);
  return verifySignature(signature, namespace, message);
}

describe.each(SECURITY_KEY_TYPES)("%s", (type) => {
  const key = makeSecurityKey(type);

  it.each([
    ["touched", 0x01, { touched: true, verified: false }],
    ["touched by its known owner", 0x05, { touched: true, verified: true }],
    ["not touched", 0x00, { touched: false, verified: false }],
    ["not touched, with a PIN", 0x04, { touched: false, verified: true }],
    ["not touched, with every other flag", 0xfa, { touched: false, verified: false }],
  ])("tells a signature of a key that was %s, which ssh-keygen accepts", (_name, flags, told) => {
    const blob = key.sign(namespace, message, { flags, counter: 0xfffffffe });
    expect(verification(blob)).toEqual({ valid: true, ...told });
    expect(sshKeygenVerdict(scratch, { line: key.line, namespace, message, blob })).toBe("accepted");
  });

  it.each([
    ["flags", 5, 0x05],
    ["counter", 1, 0x03],
  ])("refuses a signature whose %s were changed afterwards", (_name, fromEnd, value) => {
    const blob = key.sign(namespace, message, { flags: 0x00, counter: 2 });
    blob[blob.length - fromEnd] = value;
    expect(verification(blob)).toEqual({ valid: false, flaw: expect.stringContaining("does not verify") });
    expect(sshKeygenVerdict(scratch, { line: key.line, namespace, message, blob })).toBe("refused");
  });

  it("accepts a key for an application of OpenSSH's, whatever follows `ssh:`", () => {
    const named = makeSecurityKey(type, "ssh:work laptop");
    const blob = named.sign(namespace, message);
    const question = { line: named.line, namespace, message, blob };
    expect([ourVerdict(question), sshKeygenVerdict(scratch, question)]).toEqual(["accepted", "accepted"]);
  });

  it("refuses the signature of the same authenticator for another application", () => {
    const blob = key.sign(namespace, message);
    const parts = takeApart(blob);
    const changed = putTogether({
      ...parts,
      key: Buffer.from(parts.key.toString("latin1").replace(/ssh:$/, "ssh;"), "latin1"),
    });
    const question = { line: key.line, namespace, message, blob: changed };
    expect(ourVerdict(question)).toMatch(/application/);
    expect(sshKeygenVerdict(scratch, question)).toBe("refused");
  });
});

it.each([
  ["a browser's signature", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"],
  ["a signature of an unknown algorithm", "ssh-mldsa44-ed25519"],
])("says of %s which algorithm it uses", (_name, algorithm) => {
  const key = makeSecurityKey("sk-ecdsa-sha2-nistp256@openssh.com");
  const parts = takeApart(key.sign(namespace, message));
  const signature = sshStrings(algorithm, Buffer.alloc(70), "https://acme.example", "{}", "");
  expect(parseSshSignature(putTogether({ ...parts, signature }))).toBe(
    `uses the algorithm ${algorithm}; with this key it must be sk-ecdsa-sha2-nistp256@openssh.com`,
  );
});

it("says of a key of an unknown type which it is", () => {
  const parts = takeApart(makeSecurityKey("sk-ssh-ed25519@openssh.com").sign(namespace, message));
  const key = sshStrings("ssh-mldsa44-ed25519", Buffer.alloc(1344));
  expect(parseSshSignature(putTogether({ ...parts, key }))).toMatch(
    /^is by a key that has the key type ssh-mldsa44-ed25519; supported are ssh-ed25519, /,
  );
});
