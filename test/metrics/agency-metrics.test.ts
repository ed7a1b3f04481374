import { describe, expect, test } from "vitest";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { serve } from "../../subgraphs/land/server.ts";
import { clonedDatabase } from "../kit/agency-database.ts";
import { askAgency, caller, sendTo } from "../kit/ask-agency.ts";
import { sharedWorld } from "../world.ts";
import { sampleOf, scrape } from "./scraped-text.ts";

const world = sharedWorld({ land: { DATABASE_POOL: "3" } });
const holder = "093195000017"; // a seeded holder of land
const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { landCertificates { serial } } } }`;
const variables = { of: [{ __typename: "Citizen", personalId: holder }] };
const landUrl = () => `http://127.0.0.1:${world.current.agencies.ports.land}`;
const scraped = async () => scrape(`${landUrl()}/metrics`);
const requests = async (operation: string, outcome: string) =>
  sampleOf(await scraped(), `motcua_agency_request_seconds_count{operation="${operation}",outcome="${outcome}"}`) ?? 0;

describe("the metrics of an agency", () => {
  test("they count a request by its operation and its outcome", async () => {
    const before = await Promise.all([requests("query", "ok"), requests("query", "FORBIDDEN")]);
    await askAgency(world.current, "land", caller("land-officer"), query, variables);
    await askAgency(world.current, "land", caller("clerk", { permissions: [] }), query, variables);
    const after = await Promise.all([requests("query", "ok"), requests("query", "FORBIDDEN")]);
    expect(after).toEqual(before.map((count) => count + 1));
  });

  test("they count a request whose identity is refused and one that is no operation", async () => {
    const before = await Promise.all([requests("none", "UNAUTHENTICATED"), requests("none", "BAD_USER_INPUT")]);
    await sendTo(world.current, "land", "{}", "nonsense");
    await askAgency(world.current, "land", caller("land-officer"), "{ noSuchField }");
    const after = await Promise.all([requests("none", "UNAUTHENTICATED"), requests("none", "BAD_USER_INPUT")]);
    expect(after).toEqual(before.map((count) => count + 1));
  });

  test("they tell that the database answers, and how many connections it has in which state", async () => {
    const metrics = await scraped();
    expect(sampleOf(metrics, "motcua_database_up")).toBe(1);
    expect(sampleOf(metrics, "motcua_database_response_seconds")).toBeGreaterThan(0);
    expect(sampleOf(metrics, "motcua_database_pool_connections")).toBe(3);
    expect(sampleOf(metrics, 'motcua_database_connections{state="active"}')).toBeGreaterThan(0);
  });

  test("they hold no personal number, name or operation of a caller", async () => {
    await askAgency(
      world.current,
      "land",
      caller("land-officer"),
      query.replace("query", "query OfACaller"),
      variables,
    );
    const text = await (await fetch(`${landUrl()}/metrics`)).text();
    const labels = [...text.matchAll(/="([^"]*)"/g)].map(([, label = ""]) => label);
    expect(labels).toContain("query");
    expect(labels.filter((label) => /\d{9}|OfACaller|land-officer/.test(label))).toEqual([]);
  });

  test("they are not reached through the gateway, which serves its own", async () => {
    const text = await (await fetch(`${world.current.url}/metrics`)).text();
    expect(text).toContain("motcua_request_seconds");
    expect(text).not.toContain("motcua_agency_request_seconds");
  });

  test("they go with an agency that acts as if it were switched off", async () => {
    world.current.demo.setFaultMode("LAND", "DOWN");
    await expect(fetch(`${landUrl()}/metrics`)).rejects.toThrow();
    world.current.demo.setFaultMode("LAND", "UP");
    expect((await scraped()).length).toBeGreaterThan(0);
  });
});

test("outside demo mode the metrics of an agency have a port of their own, and nothing else is there", async () => {
  const database = await clonedDatabase("land");
  const environment = { DATABASE_URL: database.url, MOTCUA_DATA: world.current.data, LOG_LEVEL: "fatal", PORT: "0" };
  const closed = await serve(environment, PLAIN_MODE);
  expect(closed.metricsPort).toBeUndefined();
  expect((await fetch(`http://127.0.0.1:${closed.port}/metrics`)).status).toBe(404);
  await closed.close();
  const served = await serve({ ...environment, METRICS_PORT: "0" }, PLAIN_MODE);
  const url = `http://127.0.0.1:${served.metricsPort}`;
  expect(sampleOf(await scrape(`${url}/metrics`), "motcua_database_up")).toBe(1);
  expect((await fetch(`${url}/graphql`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${served.port}/metrics`)).status).toBe(404);
  await served.close();
  await database.drop();
});
