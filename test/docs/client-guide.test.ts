import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeJwt } from "jose";
import { afterAll, expect, test } from "vitest";
import permissions from "../../schema/permissions.json" with { type: "json" };
import { shortBackoff } from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";
import { codeBlocks, markdownDocument } from "./markdown.ts";

const atDesk = { ...shortBackoff["one-stop"], WEBHOOK_PRIVATE_ADDRESSES: "127.0.0.0/8" };
const world = sharedWorld({ "one-stop": atDesk });
const blocks = codeBlocks(markdownDocument("schema/README.md"));
const folder = mkdtempSync(join(tmpdir(), "motcua-guide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the program of the guide for clients sends a request twice with one key, follows its dossier to the end and receives a webhook", async () => {
  const program = blocks.filter(({ language }) => language === "js").map(({ text }) => text);
  const file = join(folder, "client.mjs");
  writeFileSync(file, program.join("\n"));
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env: { GATEWAY: world.current.url } });
  expect(stdout.split("\n")).toEqual(["the same dossier: true", "COMPLETED GRANTED", "motcua.webhook.ping", ""]);
});

test("the claims in the guide for clients are those of the persona's token", async () => {
  const [block, mark] = blocks.flatMap((each) => {
    const persona = /<!-- claims: persona=(\w+) -->\s*$/.exec(each.before)?.[1];
    return persona ? [each, persona] : [];
  });
  if (typeof block !== "object" || typeof mark !== "string") throw new Error("The guide shows no claims");
  const { scope, ...claims } = JSON.parse(block.text) as Record<string, string>;
  const token = decodeJwt(await world.current.token(mark));
  expect(token).toMatchObject(claims);
  expect(String(token.scope).split(" ")).toEqual(
    expect.arrayContaining(
      String(scope)
        .split(" ")
        .filter((each) => each !== "…"),
    ),
  );
});

test("the list of permissions beside the guide has exactly the scopes of every persona's token", async () => {
  const listed = (persona: string) =>
    permissions.filter(({ roles }) => roles.includes(persona)).map(({ scope }) => scope);
  const personas = new Set(permissions.flatMap(({ roles }) => roles));
  expect(personas.size).toBeGreaterThan(9);
  for (const persona of personas) {
    const { scope } = decodeJwt(await world.current.token(persona));
    expect(listed(persona).toSorted()).toEqual(String(scope).split(" ").toSorted());
  }
});
