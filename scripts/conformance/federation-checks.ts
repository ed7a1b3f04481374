import { randomUUID } from "node:crypto";
import type { DocumentNode } from "graphql";
import { type Agency, type AgencyResponse, service } from "./agency-under-test.ts";
import { type Check, type CheckGroup, expectEqual, expectThat, NotTestable } from "./check.ts";
import { composed, entities, type NamedSdl, parsedSdl, type SdlEntity, statedScopes } from "./sdl.ts";

/** A reference to an entity that exists at the agency, such as `{"__typename": "Vehicle", "plate": "30A-123.45"}`. */
export type Reference = { __typename: string } & Record<string, unknown>;

const HIDDEN = ["checkPart", "partStatus", "receivedParts", "deliverPart", "cancelPart"];
const ERROR_CODES = ["BAD_USER_INPUT", "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "UNAVAILABLE"];

/** The agency's SDL. @throws when it answers none, or one that does not parse. */
export async function sdlOf(agency: Agency): Promise<{ sdl: DocumentNode; text: string }> {
  const { data } = await agency.ask(service(), "query { _service { sdl } }");
  const text = (data?._service as { sdl?: unknown } | undefined)?.sdl;
  expectThat(typeof text === "string" && text !== "", "_service { sdl } answers the schema as text", data);
  return { sdl: parsedSdl(text), text };
}

/** `others`: the other subgraphs of the graph that the agency joins. */
export function federationChecks(
  sdl: DocumentNode,
  text: string,
  others: readonly NamedSdl[],
  references: readonly Reference[],
): CheckGroup {
  const ask = entityQuery(sdl);
  return {
    title: "Apollo Federation 2",
    checks: [
      {
        name: "states a federation version from 2.0 to 2.9",
        async run() {
          const version = /specs\.apollo\.dev\/federation\/v(\d+\.\d+)/.exec(text)?.[1];
          expectThat(/^2\.\d$/.test(version ?? ""), "@link of federation v2.0 to v2.9", version);
        },
      },
      composes(sdl, others),
      nullable(sdl),
      operations,
      invalidDocument,
      invalidBody,
      unknownEntityType(ask),
      ...entities(sdl)
        .filter(canBeAsked)
        .map((entity) => unknownEntity(entity, ask)),
      ...knownEntities(references, ask),
    ],
  };
}

/** Gives the composed schema fields that clients see, whatever the agency hides. */
const companion: NamedSdl = {
  name: "conformance-companion",
  sdl: parsedSdl(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
    type Query { conformanceCompanion: Int } type Mutation { conformanceCompanion: Int }`),
};

function composes(sdl: DocumentNode, others: readonly NamedSdl[]): Check {
  return {
    name: "composes with the other agencies of the graph, and its part operations are hidden",
    async run(agency) {
      const companions = [companion, ...others].filter((each) => each.name !== agency.name);
      const result = composed([...companions, { name: agency.name, sdl }]);
      if ("problems" in result) return expectEqual("problems of the composition", result.problems, []);
      const { schema } = result;
      const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
        Object.keys(type?.getFields() ?? {}),
      );
      const visible = fields.filter((field) => HIDDEN.includes(field));
      expectEqual("part operations that clients can see", visible, []);
    },
  };
}

function nullable(sdl: DocumentNode): Check {
  return {
    name: "every field of an entity except its keys is nullable",
    level: "SHOULD",
    async run() {
      const found = entities(sdl).flatMap(({ name, keys, fields }) =>
        fields
          .filter((field) => !field.isNullable && !field.isExternal)
          .filter((field) => !keys.some((key) => key.split(/\W+/).includes(field.name)))
          .map((field) => `${name}.${field.name}`),
      );
      expectEqual("non-null fields of entities", found, []);
    },
  };
}

const operations: Check = {
  name: "understands aliases, variables, fragments, @skip and @include",
  async run(agency) {
    const query = `query Name($yes: Boolean!) {
      a: __typename
      b: __typename @skip(if: $yes)
      c: __typename @include(if: $yes)
      ...Rest
      ... on Query { d: __typename }
    }
    fragment Rest on Query { e: __typename }`;
    const { data, errors } = await agency.ask(service(), query, { yes: true });
    expectEqual("errors", errors ?? [], []);
    expectEqual("data", data, { a: "Query", c: "Query", d: "Query", e: "Query" });
  },
};

const invalidDocument: Check = {
  name: "answers an unknown field with BAD_USER_INPUT",
  async run(agency) {
    const { status, data, errors } = await agency.ask(service(), "{ noSuchField }");
    expectThat(status < 500, "HTTP status below 500", status);
    expectThat(!data, "no data", data);
    expectThat((errors ?? []).length > 0, "an error", errors);
    const code = errors?.[0]?.extensions?.code;
    expectThat(code === undefined || code === "BAD_USER_INPUT", "code BAD_USER_INPUT", code);
  },
};

const invalidBody: Check = {
  name: "answers a body that is not JSON with HTTP 4xx",
  async run(agency) {
    const body = "{ __typename";
    const { status } = await agency.send(body, agency.identity(body, service()));
    expectThat(status >= 400 && status < 500, "HTTP status 4xx", status);
  },
};

function unknownEntityType(ask: EntityQuery): Check {
  return {
    name: "answers a representation of a type that it does not have with an error, not with a fault",
    async run(agency) {
      const { status, errors = [] } = await ask(agency, [{ __typename: "NoSuchType", id: "1" }], "__typename");
      expectThat(status < 500, "HTTP status below 500", status);
      expectThat(errors.length > 0, "an error", errors);
    },
  };
}

/** Keys of scalar fields alone can be made up. */
function canBeAsked({ keys, resolvable }: SdlEntity): boolean {
  return resolvable && /^[\w ]+$/.test(keys[0] ?? "");
}

function unknownEntity({ name, keys: [key = ""] }: SdlEntity, ask: EntityQuery): Check {
  const names = key.trim().split(/\s+/);
  return {
    name: `answers a ${name} that does not exist with null or with its key`,
    async run(agency) {
      const reference = { __typename: name, ...Object.fromEntries(names.map((each) => [each, randomUUID()])) };
      const { status, data, errors = [] } = await ask(agency, [reference], `... on ${name} { __typename }`);
      expectEqual("HTTP status", status, 200);
      const codes = errors.map((error) => error.extensions?.code);
      expectThat(
        codes.every((code) => ERROR_CODES.includes(code ?? "")),
        `codes of errors among ${ERROR_CODES.join(", ")}`,
        codes,
      );
      const list = data?._entities;
      expectThat(Array.isArray(list) && list.length === 1, "a list of one", list);
    },
  };
}

function knownEntities(references: readonly Reference[], ask: EntityQuery): Check[] {
  if (references.length === 0) {
    return [
      {
        name: "answers entities that exist, in the order asked",
        async run() {
          throw new NotTestable('name one: --entity \'{"__typename": "…", …}\'');
        },
      },
    ];
  }
  return references.map((reference) => ({
    name: `answers ${reference.__typename} twice and a key that does not exist between, in the order asked`,
    async run(agency) {
      const names = Object.keys(reference).filter((name) => name !== "__typename");
      const unknown = { ...reference, ...Object.fromEntries(names.map((name) => [name, randomUUID()])) };
      const { data } = await ask(
        agency,
        [reference, unknown, reference],
        `... on ${reference.__typename} { __typename ${names.join(" ")} }`,
      );
      const list = data?._entities;
      expectThat(Array.isArray(list) && list.length === 3, "a list of three", list);
      expectEqual("the first", list[0], reference);
      expectEqual("the third", list[2], reference);
      expectThat(list[1] === null || list[1]?.[names[0] ?? ""] === unknown[names[0] ?? ""], "the second", list[1]);
    },
  }));
}

type EntityQuery = (agency: Agency, representations: Reference[], selection: string) => Promise<AgencyResponse>;

/** Asks for entities as a service that holds every scope that the SDL states. */
function entityQuery(sdl: DocumentNode): EntityQuery {
  const reader = service([], statedScopes(sdl));
  return (agency, representations, selection) => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`;
    return agency.ask(reader, query, { of: representations });
  };
}
