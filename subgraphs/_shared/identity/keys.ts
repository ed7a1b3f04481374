import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { environmentName, type SubgraphName, subgraphs } from "../../agency-registry.ts";
import { BadConfiguration, identityKeys } from "../serving/environment.ts";
import { projectPath } from "../serving/paths.ts";
import type { IdentityKeys } from "./identity.ts";

/** MOTCUA_DATA, or `.data` of this checkout. */
export function dataDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.MOTCUA_DATA || projectPath(".data");
}

/**
 * Keys that seal identities for one agency: IDENTITY_KEYS_<AGENCY>, or (outside production) a random key that all
 * processes on this machine share through `identity-keys.json` in the data directory, mode 0600.
 * @throws BadConfiguration in production when the variable is missing or malformed.
 */
export function keysFor(name: SubgraphName, environment: NodeJS.ProcessEnv = process.env): IdentityKeys {
  const variable = `IDENTITY_KEYS_${environmentName(name)}`;
  const given = environment[variable];
  if (given) {
    const parsed = identityKeys.safeParse(given);
    if (parsed.success) return parsed.data;
    throw new BadConfiguration(`  ${variable}: ${parsed.error.issues[0]?.message}`);
  }
  if (environment.NODE_ENV === "production") {
    throw new BadConfiguration(
      `  ${variable}: is required in production (id:secret,…), the same here and at the callers`,
    );
  }
  return [{ id: "local", secret: sharedSecret(`${dataDirectory(environment)}/identity-keys.json`, name) }];
}

/** Secret of one agency, shared by all processes that use this file's directory. */
function sharedSecret(path: string, name: SubgraphName): string {
  const secrets = onceWritten(path, () =>
    Object.fromEntries(subgraphs.map((s) => [s.name, randomBytes(32).toString("hex")])),
  );
  // an agency that is newer than the file gets a separate file, because two processes could extend one file at once
  const added = `${path.replace(/\.json$/, "")}.${name}.json`;
  const secret = secrets[name] ?? onceWritten(added, () => ({ [name]: randomBytes(32).toString("hex") }))[name];
  if (secret === undefined) throw new Error(`${added} holds no identity key of ${name}; delete the file`);
  return secret;
}

/** Content of a file that the first of several processes writes and all read. */
function onceWritten(path: string, make: () => Record<string, string>): Record<string, string> {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}.draft`;
    writeFileSync(draft, JSON.stringify(make(), null, 2), { mode: 0o600 });
    try {
      linkSync(draft, path); // never overwrites: of two processes that start at once the first wins
    } catch (error) {
      if (!existsSync(path)) throw error;
    }
    unlinkSync(draft);
  }
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, string>; // written above
}
