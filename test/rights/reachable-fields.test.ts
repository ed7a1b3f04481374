import {
  type ASTNode,
  buildSchema,
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  visit,
} from "graphql";
import { describe, expect, test } from "vitest";
import { denialOf } from "../../gateway/executor/denials.ts";
import { clientOperationOf } from "../../gateway/executor/normalize/client-operation.ts";
import { authorizationOf } from "../../gateway/pipeline/authorization/authorization.ts";
import { PERMISSIONS, ROLES } from "../../subgraphs/_shared/rights/permissions.ts";
import { caller } from "../kit/ask-agency.ts";
import { operationOf, type Step, waysFrom } from "./query-paths.ts";
import { agencies, inGraph, mayHold, refusal, schemaText } from "./scopes-in-sdl.ts";

const api = buildSchema(schemaText("api"));
const roots = [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].flatMap((type) => type ?? []);
const ways = [...waysFrom(api, roots)].map(([coordinate, way]) => ({ coordinate, way, last: way.at(-1) as Step })); // no way is empty
const rights = authorizationOf(parse(schemaText("supergraph")), api);
const isProtected = ({ last }: { last: Step }) => inGraph(last.type, last.field).length > 0;

test("every field of the public graph can be reached", () => {
  const fields = Object.values(api.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith("__")
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
  expect(ways.map(({ coordinate }) => coordinate).sort()).toEqual(fields.sort());
});

test("the schemas demand every permission of the registry and no other", () => {
  const demanded = ["supergraph", ...agencies].flatMap((name) =>
    [...schemaText(name).matchAll(/@requiresScopes\(scopes: (\[\[.*?\]\])\)/g)].flatMap(([, sets = ""]) =>
      JSON.parse(sets).flat(),
    ),
  );
  expect([...new Set(demanded)].sort()).toEqual(Object.keys(PERMISSIONS).sort());
});

test("every protected field is nullable, in the graph and at its agencies", () => {
  const strict = ["api", ...agencies].flatMap((name) => {
    const schema = buildSchema(schemaText(name), { assumeValidSDL: true });
    return Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => isNonNullType(field.type) && inGraph(type.name, field.name).length > 0)
            .map((field) => `${name}: ${type.name}.${field.name}`)
        : [],
    );
  });
  expect(strict).toEqual([]);
});

test("exactly the listed types are reachable without any permission", () => {
  const open = waysFrom(api, roots, ({ type, field }) => inGraph(type, field).length === 0);
  const types = [...open.values()].flatMap((way) => way.map(({ type }) => type));
  expect([...new Set(types)].sort().join(" ")).toBe(
    "Agency Bundle CareFacility Commune DueRule EthnicGroup ExistingDossier FormerCommune GivenFeedback GivenFeedbackAct InsuredGroup ListedCommune " +
      "ListedNationality ListedPaper ListedRelation Mutation Office OutboxBacklog PageInfo Problem ProblemCode Procedure ProcedureConnection ProcedureEdge ProcedureFee " +
      "ProcedureResult ProcessingTime Province Query RequiredPaper SupplementByCode SupplementByCodeAct " +
      "TicketPriority TrackedDossier TrackedHolder TrackedStep TrackedSupplementItem UnsubscribeAct",
  );
});

describe.each(ways.filter(isProtected))("$coordinate", ({ way, last }) => {
  const document = parse(operationOf(api, way));
  const operation = getOperationAST(document);
  if (!operation) throw new Error("A way is one operation");
  const ofOperation = rights.of(document, clientOperationOf(document, operation));
  const node = lastNamed(document, last.field);
  const demanded = inGraph(last.type, last.field);

  test.each(ROLES)(
    `the field ${last.type}.${last.field} is denied to a %s exactly if the registry withholds one of its permissions`,
    (role) => {
      const { denials } = ofOperation.authorize(caller(role));
      const denial = node && denialOf(denials, node, last.type);
      if (mayHold(role, demanded)) expect(denial).toBeUndefined();
      else expect(denial).toMatchObject(refusal(role, demanded));
    },
  );
});

test("a field without protection is denied to nobody", () => {
  for (const way of waysFrom(api, roots, ({ type, field }) => inGraph(type, field).length === 0).values()) {
    const document = parse(operationOf(api, way));
    const operation = getOperationAST(document);
    if (!operation) throw new Error("A way is one operation");
    expect(
      rights.of(document, clientOperationOf(document, operation)).authorize(caller("anonymous")).denials.size,
    ).toBe(0);
  }
});

/** Innermost field of that name in a document with one field per selection. */
function lastNamed(document: DocumentNode, name: string): FieldNode | undefined {
  const found: FieldNode[] = [];
  const enter = (node: ASTNode) => void (node.kind === Kind.FIELD && node.name.value === name && found.push(node));
  visit(document, { enter });
  return found.at(-1);
}
