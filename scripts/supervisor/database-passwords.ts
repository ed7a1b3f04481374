import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";

/**
 * Random passwords of the agencies' database roles, kept in `database-passwords.json` of the data directory (mode 0600).
 * When the file is lost, new passwords are created and set at the next start.
 */
export function databasePasswords(data: string): Record<SubgraphName, string> {
  const path = join(data, "database-passwords.json");
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, string>) : {};
  const passwords = Object.fromEntries(
    subgraphs.map(({ name }) => [name, known[name] || randomBytes(24).toString("base64url")]),
  ) as Record<SubgraphName, string>; // built from the list of all names
  if (subgraphs.some(({ name }) => known[name] !== passwords[name])) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(passwords, null, 2), { mode: 0o600 });
    renameSync(draft, path);
  }
  return passwords;
}
