import { setTimeout as sleep } from "node:timers/promises";
import { openGraphClient } from "../graph-client.ts";

/** Ids of the changes that a reader has stored, in the order in which they came. */
export type ReadChanges = { reader: string; ids: number[] };
export type ChangesReader = {
  /** Reads to the end of the stream. */
  finish(): Promise<ReadChanges>;
};

type Page = { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };

const PAUSE_MS = 400;
const READ = `query ($since: String, $first: Int!) {
  dossierChanges(since: $since, first: $first) { nodes { id } pageInfo { hasNextPage endCursor } } }`;

/**
 * Portal of a province that reads the changes while faults happen. It stores a page and its cursor together; every third page
 * is lost before that, as if the portal had crashed.
 */
export function startChangesReader(
  gatewayUrl: string,
  commune: string,
  first: number,
  until: () => number,
): ChangesReader {
  const portal = openGraphClient(gatewayUrl, { persona: "portal", commune }, until);
  const stored: ReadChanges & { since: string | null } = { reader: `pages of ${first}`, ids: [], since: null };
  let isFinishing = false;

  async function readOn(): Promise<boolean> {
    const { nodes, pageInfo } = await portal.ask<Page>(READ, { since: stored.since, first });
    stored.ids.push(...nodes.map(({ id }) => Number(id)));
    stored.since = pageInfo.endCursor;
    return pageInfo.hasNextPage;
  }

  const reading = (async () => {
    for (let page = 1; !isFinishing; page++) {
      if (page % 3 === 0) await portal.ask<Page>(READ, { since: stored.since, first }).catch(() => undefined);
      else await readOn().catch(() => undefined); // no answer in time: it asks again from its last cursor
      await sleep(PAUSE_MS);
    }
  })();

  return {
    async finish() {
      isFinishing = true;
      await reading;
      while (await readOn().catch(() => false)); // the invariants report a reader that did not come to the end
      return stored;
    },
  };
}
