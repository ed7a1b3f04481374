import { GraphQLError } from "graphql";
import { demand } from "../../../subgraphs/_shared/identity/caller.ts";
import type { IdentityKeys } from "../../../subgraphs/_shared/identity/identity.ts";
import { type Agency, smallAgency } from "./sample-subgraph.ts";

const keysOf = (name: string): IdentityKeys => [{ id: "k1", secret: `secret-of-${name}-0123456789` }];

/** Variables `IDENTITY_KEYS_…` with the sample subgraphs' keys. */
export function keyVariables(): Record<string, string> {
  return Object.fromEntries(
    ["one-stop", "civil-status", "health-insurance", "residence"].map((name) => {
      const [key] = keysOf(name);
      return [`IDENTITY_KEYS_${name.replaceAll("-", "_").toUpperCase()}`, `${key?.id}:${key?.secret}`];
    }),
  );
}

const scalar = 'scalar PersonalId\ntype Citizen @key(fields: "personalId") { personalId: PersonalId';

/** Sample desk: dossiers with parts of several agencies, and the errors and the mutation that tests need. */
function oneStop(): Promise<Agency> {
  const typeDefs = `scalar PersonalId
    type Query {
      citizen(personalId: PersonalId!): Citizen
      dossier(code: ID!): Dossier
      whoAmI: String
      forbidden: String
      broken: String
      strict: Strict
      shop: Shop
      shops(first: Int = 20): [Shop!]! @listSize(slicingArguments: ["first"])
      inspection: String @cost(weight: 600)
      procedures(first: Int!): [String!]!
    }
    type Mutation { submit(key: String!): Submitted! }
    type Submitted { key: String! }
    type Strict @key(fields: "id") { id: ID! }
    type Shop @key(fields: "id") { id: ID! }
    type Dossier { code: ID! parts: [Part!]! }
    type Part { id: ID! result: PartResult }
    union PartResult = BirthRegistration | HealthInsuranceCard
    type BirthRegistration @key(fields: "id", resolvable: false) { id: ID! }
    type HealthInsuranceCard @key(fields: "id", resolvable: false) { id: ID! }
    type Citizen @key(fields: "personalId", resolvable: false) { personalId: PersonalId }`;
  const parts = [
    { id: "p1", result: { __typename: "BirthRegistration", id: "b1" } },
    { id: "p2", result: { __typename: "HealthInsuranceCard", id: "c1" } },
    { id: "p3", result: null },
  ];
  return smallAgency("one-stop", keysOf("one-stop"), typeDefs, {
    Query: {
      citizen: (_: unknown, { personalId }: { personalId: string }) => {
        if (personalId === "000000000000")
          throw new GraphQLError("No such citizen", { extensions: { code: "NOT_FOUND" } });
        return { personalId };
      },
      dossier: (_: unknown, { code }: { code: string }) => ({ code, parts }),
      whoAmI: (_: unknown, __: unknown, caller: { role: string; permissions: string[] }) =>
        `${caller.role} ${caller.permissions.join(" ")}`.trim(),
      forbidden: (_: unknown, __: unknown, caller: never) => demand(caller, "part:deliver"),
      broken: () => {
        throw new Error("password=hunter2 at /srv/secret/path.ts");
      },
      strict: () => ({ id: "s1" }),
      shop: () => ({ id: "shop1" }),
      shops: () => [{ id: "shop1" }],
      inspection: () => "done",
      procedures: () => ["khai sinh"],
    },
    Mutation: { submit: (_: unknown, { key }: { key: string }) => ({ key }) },
  });
}

function civilStatus(): Promise<Agency> {
  return smallAgency(
    "civil-status",
    keysOf("civil-status"),
    `${scalar} birth: BirthRegistration }
    type BirthRegistration @key(fields: "id") { id: ID! number: String child: Citizen }`,
    {
      Citizen: { __resolveReference: (it: object) => it, birth: () => ({ id: "b1" }) },
      BirthRegistration: {
        __resolveReference: (it: object) => it,
        number: () => "1/2026",
        child: () => ({ personalId: "092026000001" }),
      },
    },
  );
}

function healthInsurance(): Promise<Agency> {
  return smallAgency(
    "health-insurance",
    keysOf("health-insurance"),
    `${scalar} healthInsuranceCard: HealthInsuranceCard }
    type HealthInsuranceCard @key(fields: "id") { id: ID! number: String }
    type Shop @key(fields: "code") { code: ID stamp: String }
    type Strict @key(fields: "id") { id: ID! must: String! }`,
    {
      Citizen: { __resolveReference: (it: object) => it, healthInsuranceCard: () => ({ id: "c1" }) },
      HealthInsuranceCard: { __resolveReference: (it: object) => it, number: () => "TE1929012345678" },
      Shop: { __resolveReference: (it: object) => it, stamp: ({ code }: { code: string }) => `stamp of ${code}` },
      Strict: { __resolveReference: (it: object) => it, must: () => "be" },
    },
  );
}

/** Sample residence register: names and households, and the mapping between the desk's and health insurance's keys of a shop. */
function residence(): Promise<Agency> {
  return smallAgency(
    "residence",
    keysOf("residence"),
    `${scalar} fullName: String household: Household }
    type Shop @key(fields: "id") @key(fields: "code") { id: ID! code: ID }
    type Household { code: ID! members: [Citizen!] }`,
    {
      Shop: { __resolveReference: () => ({ id: "shop1", code: "C1" }) },
      Citizen: {
        __resolveReference: (it: object) => it,
        fullName: ({ personalId }: { personalId: string }) => `Name of (tên của) ${personalId.slice(-3)}`,
        household: () => ({ code: "H1", members: [{ personalId: "093195000017" }, { personalId: "093093000023" }] }),
      },
    },
  );
}

export type Agencies = { oneStop: Agency; civilStatus: Agency; healthInsurance: Agency; residence: Agency };

export async function smallAgencies(): Promise<Agencies> {
  return {
    oneStop: await oneStop(),
    civilStatus: await civilStatus(),
    healthInsurance: await healthInsurance(),
    residence: await residence(),
  };
}
