import { ApolloClient, gql, HttpLink, InMemoryCache, type OperationVariables } from "@apollo/client";
import { afterEach, expect, it, vi } from "vitest";
import { permissionsOf } from "../../subgraphs/_shared/rights/permissions.ts";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { acknowledged, type DossierData, isDone, shortBackoff } from "../kit/dossier-outcomes.ts";
import { clerk, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
/** Patience with a slow machine. */
const SHOWN = { timeout: 20_000 };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const each of closing.splice(0)) each();
});

/** Apollo Client with its default cache. */
async function apolloClient(): Promise<ApolloClient> {
  const headers = { authorization: `Bearer ${await world.current.token("clerk")}` };
  const link = new HttpLink({ uri: `${world.current.url}/graphql`, headers });
  const client = new ApolloClient({ cache: new InMemoryCache(), link });
  closing.push(() => client.stop());
  return client;
}

async function example(name: string): Promise<OperationVariables> {
  const { variables } = (await (await fetch(`${world.current.url}/dev/example/${name}`)).json()) as DossierData;
  return variables;
}

/** Cached objects of a type, by key. */
const cached = (client: ApolloClient, type: string) =>
  Object.entries(client.cache.extract() as Record<string, DossierData>).filter(([key]) => key.startsWith(`${type}:`));

const SUBMIT = gql`mutation ($input: DossierInput!, $idempotencyKey: String!) {
  submitDossier(input: $input, idempotencyKey: $idempotencyKey) {
    dossier { id code state parts { id procedure { id code } agency { id name } } } problems { code } } }`;
const LIST = gql`{ dossiers(first: 20) { nodes { id code state office { id name }
  parts { id state procedure { id name } agency { id code } } } } }`;
const READ = gql`query ($code: ID!) { dossier(code: $code) { id state parts { id state } } }`;
const WITHDRAW = gql`mutation ($dossier: ID!, $idempotencyKey: String!) {
  withdrawDossier(dossier: $dossier, reason: "Công dân đề nghị", idempotencyKey: $idempotencyKey) {
    dossier { id state parts { id state } } problems { code } } }`;

it("Apollo Client with its default cache shows a change of a dossier in every query that has read it", async () => {
  const client = await apolloClient();
  const submitted = await client.mutate<DossierData>({ mutation: SUBMIT, variables: await example("submit-dossier") });
  const { id, code, state: submittedState, parts } = submitted.data?.submitDossier.dossier ?? {};
  const [list, one] = [
    client.watchQuery<DossierData>({ query: LIST }),
    client.watchQuery<DossierData>({ query: READ, variables: { code } }),
  ];
  for (const watched of [list, one]) {
    const watching = watched.subscribe(() => {});
    closing.push(() => watching.unsubscribe());
  }
  const shown = () => [
    list.getCurrentResult().data?.dossiers?.nodes.find((each: DossierData) => each.id === id),
    one.getCurrentResult().data?.dossier,
  ];
  await vi.waitFor(() => expect(shown()).toMatchObject([{ state: submittedState }, { state: submittedState }]), SHOWN);

  const variables = { dossier: code, idempotencyKey: `cache-${id}` };
  const { data } = await client.mutate<DossierData>({ mutation: WITHDRAW, variables });
  const { state } = data?.withdrawDossier.dossier ?? {};
  expect(state).toBe("WITHDRAWN");
  const withdrawn = { state, parts: [{ id: parts[0].id, state: "CANCELLED" }] };
  await vi.waitFor(() => expect(shown()).toMatchObject([withdrawn, withdrawn]), SHOWN);

  const { procedure, agency } = parts[0];
  expect(cached(client, "Dossier").filter(([, each]) => each.code === code)).toHaveLength(1);
  expect(cached(client, "Procedure").filter(([, each]) => each.code === procedure.code)).toHaveLength(1);
  expect(cached(client, "Agency").filter(([, each]) => each.name === agency.name)).toEqual([
    [`Agency:${agency.id}`, expect.objectContaining({ code: agency.id, name: agency.name })],
  ]);
});

it("objects that several agencies name have one id in a client's cache", async () => {
  const client = await apolloClient();
  await client.query({
    query: gql`query ($personalId: PersonalId!) { citizen(personalId: $personalId) { id
      birth { id mother { citizen { id fullName } } homeCommune { id code name } placeOfBirth { commune { id code name } } }
      residency { id household { id code address { commune { id code name } } members { citizen { id fullName } } } }
      healthInsuranceCard { id facility { id code commune { id code name } } }
      landCertificates { id serial parcel { id commune { id code name } } }
      businesses { id code commune { id code name } licences { id number } } } }`,
    variables: { personalId: "093195000017" },
  });
  const communes = cached(client, "Commune").map(([, { code }]) => code);
  expect(communes.length).toBeGreaterThan(0);
  expect(new Set(communes).size).toBe(communes.length);
  const unidentified = Object.entries(client.cache.extract() as Record<string, DossierData>).flatMap(([key, value]) =>
    Object.entries(value ?? {}).flatMap(([field, inner]) =>
      [inner].flat().some((each: DossierData) => each?.__typename && each.id) ? [`${key}.${field}`] : [],
    ),
  );
  expect(unidentified).toEqual([]); // an object with an id is stored by its id alone
});

it("a caller who may not read an entry gets its id, and an error for each of its other fields", async () => {
  const { code } = await acknowledged(world.current, aBirthRequest());
  await dossierThatIs(world.current, code, isDone);
  const RESULTS = `query ($code: ID!) { dossier(code: $code) { parts { id result { __typename
    ... on BirthRegistration { id number } ... on Residency { id registeredOn } ... on HealthInsuranceCard { id validFrom } } } } }`;
  const scope = permissionsOf("clerk").filter((each) => !/^(birth|citizen|health-insurance):read$/.test(each));
  const read = async (who: Parameters<typeof world.current.ask>[0]) => world.current.ask(who, RESULTS, { code });
  const [seen, hidden] = [await read(clerk), await read(bearer("clerk", { office: "31471" }, scope))];
  const results = ({ data }: DossierData) => data.dossier.parts.map(({ result }: DossierData) => result);
  expect(results(hidden).map(({ id }: DossierData) => id)).toEqual(results(seen).map(({ id }: DossierData) => id));
  expect(results(seen).every(({ id }: DossierData) => typeof id === "string")).toBe(true);
  expect(hidden.errors).toHaveLength(3);
  for (const { path, extensions } of hidden.errors ?? []) {
    expect(path?.slice(0, 4)).toEqual(["dossier", "parts", expect.any(Number), "result"]);
    expect(extensions).toMatchObject({ code: "FORBIDDEN" });
  }
});
