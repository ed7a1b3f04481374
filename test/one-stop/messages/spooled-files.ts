import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { World } from "../../world.ts";

/** A message as the spool has it. */
export type SpooledMessage = {
  id: string;
  kind: string;
  dossier: string;
  language: string;
  to: { email: string | null; phone: string | null };
  subject: string;
  text: string;
  sms: string;
};

/** Messages about a dossier, in the order in which they were made. */
export function spooled({ data }: World, code: string): SpooledMessage[] {
  const folder = join(data, "messages");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as SpooledMessage) // the desk wrote it
    .filter(({ dossier }) => dossier === code);
}

/** Waits until the dossier has messages of exactly these kinds. */
export async function expectTold(world: World, code: string, kinds: readonly string[]): Promise<SpooledMessage[]> {
  await expect
    .poll(() => spooled(world, code).map(({ kind }) => kind), { timeout: 15_000, message: code })
    .toEqual(kinds);
  return spooled(world, code);
}
