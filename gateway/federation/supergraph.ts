import { readFile } from "node:fs/promises";
import { BadConfiguration } from "../../subgraphs/_shared/environment.ts";

const FETCH_TIMEOUT_MS = 10_000;

/** Reads the supergraph's SDL from a file or, once, from an http(s) address. @throws BadConfiguration with the remedy. */
export async function readSupergraph(location: string): Promise<string> {
  const sdl = /^https?:\/\//.test(location) ? await fetched(location) : await fromFile(location);
  if (!/@join__|join\/v0/.test(sdl))
    throw unusable(location, "is no composed supergraph; `npm run compose` writes one");
  return sdl;
}

async function fromFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw unusable(path, `cannot be read (${reasonOf(error)}); \`npm run compose\` writes schema/supergraph.graphql`);
  }
}

async function fetched(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (response.ok) return await response.text();
    throw new Error(`HTTP ${response.status}`);
  } catch (error) {
    throw unusable(url, `cannot be fetched (${reasonOf(error)})`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? String(error.code) : error.message;
}

function unusable(location: string, why: string): BadConfiguration {
  return new BadConfiguration(`The configuration does not work:\n  SUPERGRAPH: ${location} ${why}`);
}
