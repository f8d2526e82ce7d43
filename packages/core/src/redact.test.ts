import { describe, expect, it } from "vitest";
import { CountersignError } from "./error.ts";
import { redactUrls } from "./redact.ts";

describe("credentials in URLs", () => {
  it.each<[text: string, shown: string]>([
    ["https://user:secret@host/x.git", "https://***@host/x.git"],
    ["https://secret@host/x.git", "https://***@host/x.git"],
    ["https://user:@host/x.git", "https://***@host/x.git"],
    ["https://user:sec@ret@host/x.git", "https://***@host/x.git"],
    ["https://user:sec/ret@host/x.git", "https://***@host/x.git"],
    ["https://user:s?e#cret@host/x.git", "https://***@host/x.git"],
    ["https://user:%73ecret@host:8443/x.git", "https://***@host:8443/x.git"],
    ["HTTPS://user:secret@HOST/", "HTTPS://***@HOST/"],
    ["ssh://secret@host/x.git", "ssh://***@host/x.git"],
    ["git+https://user:secret@host/x", "git+https://***@host/x"],
    ["no folder /home/x/https:/user:secret@host/y", "no folder /home/x/https:/***@host/y"],
    ["unable to access 'https://user:secret@host/': no route", "unable to access 'https://***@host/': no route"],
    ["https://u:secret@a/ and http://u:secret@b/", "https://***@a/ and http://***@b/"],
    ["https://host/x?private_token=secret&y=1", "https://host/x?private_token=***&y=1"],
    ["https://host/x?y=1&X-Amz-Signature=secret", "https://host/x?y=1&X-Amz-Signature=***"],
  ])("%s are shown as %s", (text, shown) => {
    expect(redactUrls(text)).toBe(shown);
  });

  it.each([
    "https://host/x.git",
    "https://host:8443/@scope/package",
    "https://host/x@v1",
    "file:///srv/git/x.git",
    "main:/docs/x@v1",
    ":/a message with x@y",
    "ada@acme.example",
    "git@host:x.git",
    "a plain sentence with user:password@host",
  ])("%s is left as it is", (text) => {
    expect(redactUrls(text)).toBe(text);
  });

  it("never get into a fault", () => {
    const url = "https://user:secret@host/x.git";
    const fault = new CountersignError("GIT_FAILED", {
      command: `git fetch ${url}`,
      end: "status 128",
      said: `fatal: ${url}\nhint: ${url}`,
    });
    expect(JSON.stringify([fault, fault.message])).not.toContain("secret");
    expect(fault.details).toEqual(["hint: https://***@host/x.git"]);
  });
});
