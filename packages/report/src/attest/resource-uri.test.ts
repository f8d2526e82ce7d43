import { expect, it } from "vitest";
import { toResourceUri } from "./resource-uri.ts";

it.each([
  ["https://github.com/acme/payments.git", "git+https://github.com/acme/payments"],
  ["https://github.com/acme/payments/", "git+https://github.com/acme/payments"],
  ["https://GitHub.com/Acme/Payments", "git+https://github.com/Acme/Payments"],
  ["https://bob:secret@git.example:8443/a/b.git?x=1", "git+https://git.example:8443/a/b"],
  ["https://token@git.example/a", "git+https://git.example/a"],
  ["http://git.example/a.git/", "git+http://git.example/a"],
  ["git@github.com:acme/payments.git", "git+ssh://git@github.com/acme/payments"],
  ["git.example:acme/payments", "git+ssh://git.example/acme/payments"],
  ["ssh://git:x@git.example:2222/srv/a.git", "git+ssh://git@git.example:2222/srv/a"],
  ["git://git.example/a", "git+git://git.example/a"],
  ["git+https://git.example/a", "git+https://git.example/a"],
])("the address %s names %s", (address, uri) => {
  expect(toResourceUri(address)).toBe(uri);
  expect(toResourceUri(uri)).toBe(uri);
});

it.each(["/srv/git/a.git", "../a", "file:///srv/a.git", "C:\\git\\a", "C:/git/a", "", "https://git.example"])(
  "nobody else can fetch from %j",
  (address) => {
    expect(toResourceUri(address)).toBeUndefined();
  },
);
