import { beforeAll, describe, expect, test } from "vitest";
import { type ExampleClient, exampleClients } from "../../scripts/clients/example-clients.ts";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { acknowledged, type DossierData, isDone, shortBackoff } from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
beforeAll(async () => {
  for (const request of [aBirthRequest(), aBirthRequest()]) {
    const { code } = await acknowledged(world.current, request);
    await dossierThatIs(world.current, code, isDone);
  }
});

function clientOf(name: string): ExampleClient {
  const found = exampleClients.find((client) => client.name === name);
  if (!found) throw new Error(`There is no example client ${name}`);
  return found;
}

/** Runs a test with a client, or skips it with the reason in its name. */
function withClient(name: string, sentence: string, check: (printed: DossierData) => void): void {
  const client = clientOf(name);
  const missing = client.missing();
  const title = `${name} ${sentence}${missing ? ` (${missing})` : ""}`;
  test.skipIf(missing !== undefined)(title, { timeout: 240_000 }, async () => {
    check(await client.run(world.current.url));
  });
}

describe("an example client in", () => {
  withClient("Python", "submits a birth once, follows it to its end and pages through the dossiers", (printed) => {
    expect(printed).toMatchObject({ same: true, outcome: "GRANTED" });
    expect(printed.distinct).toBe(printed.paged);
    expect(printed.paged).toBeGreaterThan(1);
  });

  withClient(
    "Java",
    "reads the stream of changes to its end, each change once, and nothing twice from its cursor",
    (printed) => {
      expect(printed.changes).toBeGreaterThan(3);
      expect(printed).toMatchObject({ distinct: printed.changes, later: 0 });
    },
  );
});

type Cached = Record<string, DossierData>;
/** Objects with an identity in an answer, as `type:id` that their type and id make. */
function identified(answered: DossierData[]): Set<string> {
  const dossiers = answered.map(({ id }) => `Dossier:${id}`);
  const parts = answered.flatMap(({ parts }) => parts.map(({ id }: DossierData) => `DossierPart:${id}`));
  const agencies = answered.flatMap(({ parts }) => parts.map(({ agency }: DossierData) => `Agency:${agency.id}`));
  return new Set([...dossiers, ...parts, ...agencies]);
}

describe("with types of @graphql-codegen's client preset", () => {
  withClient(
    "Apollo Client",
    "keeps each object once, under its type and id, with the fields of both documents",
    (printed) => {
      const { answered, cached } = printed as { answered: DossierData[]; cached: Cached };
      expect(Object.keys(cached)).toEqual(expect.arrayContaining([...identified(answered.slice(0, -1))]));
      const one = answered.at(-1);
      expect(cached[`Dossier:${one.id}`]).toMatchObject({
        code: one.code,
        outcome: one.outcome,
        office: expect.anything(),
      });
      expect(Object.keys(cached).filter((key) => key.startsWith("Dossier:"))).toHaveLength(
        new Set(answered.map(({ id }) => id)).size,
      );
    },
  );

  withClient("urql", "keeps each object under its type and id, and warns of no object without a key", (printed) => {
    const { answered, cached, warnings } = printed as { answered: DossierData[]; cached: Cached; warnings: string[] };
    const keys = new Set(Object.keys(cached).map((entry) => entry.split(".")[0])); // object.field
    expect([...keys]).toEqual(expect.arrayContaining([...identified(answered.slice(0, -1))]));
    expect(warnings.filter((warning) => warning.includes("no key could be generated"))).toEqual([]);
  });
});

withClient(
  "Relay",
  "compiles documents with @connection and @refetchable, and reads the next page of a list and of a list in a node",
  (printed) => {
    const [[first], both] = printed.pages;
    expect(both).toHaveLength(2);
    expect(both[0]).toBe(first);
    expect(both[1]).not.toBe(first);
    expect(printed.histories).toEqual([1, 3]);
    expect(printed.records).toEqual(expect.arrayContaining([expect.stringMatching(/^Dossier:[0-9a-f-]{36}$/)]));
  },
);
