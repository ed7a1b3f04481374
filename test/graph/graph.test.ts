import { readdirSync, readFileSync } from "node:fs";
import { getTableColumns, isTable, type Table } from "drizzle-orm";
import {
  type ASTNode,
  buildSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  isInputType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
  typeFromAST,
  validate,
  visit,
} from "graphql";
import { getVariableValues } from "graphql/execution/values.js";
import { describe, expect, test } from "vitest";
import { receivedParts } from "../../subgraphs/_shared/parts/tables.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { contract } from "../world.ts";

const schemaFile = (name: string) => readFileSync(projectPath("schema", `${name}.graphql`), "utf8");
const names = subgraphs.map(({ name }) => name);
const documents = new Map(["api", ...names].map((name) => [name, parse(schemaFile(name)).definitions]));
const definitionsOf = (name: string): readonly DefinitionNode[] => documents.get(name) ?? [];
const objectTypes = (name: string) =>
  definitionsOf(name).filter((each): each is ObjectTypeDefinitionNode => each.kind === Kind.OBJECT_TYPE_DEFINITION);
const api = buildSchema(schemaFile("api"));

type Described = { name: { value: string }; description?: { value: string } };
const ROOTS = ["Query", "Mutation", "Subscription"];

/** Elements of a definition that need a description, with its schema coordinate. */
function described(definition: DefinitionNode): [string, Described][] {
  if (!("name" in definition) || !definition.name || !("description" in definition)) return [];
  const type = definition.name.value;
  const own: [string, Described] = [type, definition as Described];
  const inside: [string, Described][] = [];
  if ("fields" in definition)
    for (const field of definition.fields ?? []) {
      inside.push([`${type}.${field.name.value}`, field]);
      if ("arguments" in field)
        for (const each of field.arguments ?? [])
          inside.push([`${type}.${field.name.value}(${each.name.value}:)`, each]);
    }
  if ("values" in definition)
    for (const value of definition.values ?? []) inside.push([`${type}.${value.name.value}`, value]);
  return ROOTS.includes(type) ? inside : [own, ...inside];
}

const directives = (node: { directives?: readonly ConstDirectiveNode[] }, name: string) =>
  (node.directives ?? []).filter((directive) => directive.name.value === name);
const argumentOf = (directive: ConstDirectiveNode, name: string) => {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : "";
};
const keysOf = (type: ObjectTypeDefinitionNode) =>
  directives(type, "key").flatMap((key) => argumentOf(key, "fields").split(" "));
/** The entities of all agencies with every field that is a key anywhere. */
const entities = new Map<string, Set<string>>();
for (const name of names)
  for (const type of objectTypes(name))
    for (const key of keysOf(type))
      entities.set(type.name.value, (entities.get(type.name.value) ?? new Set()).add(key));

describe.each(["api", ...names])("the schema of %s", (name) => {
  const all = definitionsOf(name).flatMap(described);

  test("the schema describes every type, field, argument, input field and enum value", () => {
    const missing = all.filter(([, { description }]) => !description?.value.trim()).map(([coordinate]) => coordinate);
    expect(missing).toEqual([]);
  });

  test("the schema names every type in Vietnamese, in parentheses", () => {
    const vietnamese = /\([^()]*[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i;
    const types = all.filter(([coordinate]) => !coordinate.includes("."));
    const silent = types.filter(([, { description }]) => !vietnamese.test(description?.value ?? ""));
    expect(silent.map(([coordinate]) => coordinate)).toEqual([]);
  });

  test("every field of an entity but its keys, and the node id that is made of one, is nullable", () => {
    const strict = objectTypes(name).flatMap((type) =>
      (type.fields ?? [])
        .filter((field) => entities.has(type.name.value) && field.type.kind === Kind.NON_NULL_TYPE)
        .filter((field) => field.name.value !== "nodeId" && !entities.get(type.name.value)?.has(field.name.value))
        .map((field) => `${type.name.value}.${field.name.value}`),
    );
    expect(strict).toEqual([]);
  });
});

test("the entities are the citizen and the entries that a granted part may result in", () => {
  const results = subgraphs.flatMap(({ resultTypes }) => Object.keys(resultTypes));
  expect([...entities.keys()].sort()).toEqual(["Citizen", ...results].sort());
});

test("only derived fields require a field of another agency", () => {
  const requiring = names.flatMap((name) =>
    objectTypes(name).flatMap((type) =>
      (type.fields ?? [])
        .filter((field) => directives(field, "requires").length > 0)
        .map((field) => `${name}: ${type.name.value}.${field.name.value}`),
    ),
  );
  expect(requiring).toEqual([
    "health-insurance: Citizen.childCardEntitlement",
    "one-stop: Citizen.discrepancies",
    "one-stop: Citizen.prefill",
  ]);
});

describe("the public schema", () => {
  const hidden = (each: { directives?: readonly ConstDirectiveNode[] }) => directives(each, "inaccessible").length > 0;

  test("the public schema has no field that agencies hide", () => {
    const inside = names.flatMap((name) =>
      objectTypes(name).flatMap((type) =>
        (type.fields ?? []).filter(hidden).map((field) => `${type.name.value}.${field.name.value}`),
      ),
    );
    expect(inside).toEqual(expect.arrayContaining(["Query.checkPart", "Mutation.deliverPart", "Query.citizenExists"]));
    const public_ = new Set(
      definitionsOf("api")
        .flatMap(described)
        .map(([coordinate]) => coordinate),
    );
    expect(inside.filter((coordinate) => public_.has(coordinate))).toEqual([]);
  });

  test("the public schema offers exactly the root fields that are committed as decided", () => {
    const offered = [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
    );
    const decided = readFileSync(projectPath("schema", "root-fields.txt"), "utf8").trimEnd().split("\n");
    expect(offered.sort()).toEqual(decided.filter((line) => !line.startsWith("#")));
  });

  test("the public schema has no type that only agencies use between one another", () => {
    const types = Object.keys(api.getTypeMap()).filter((type) => /^Part(Input|Answer|Check)|^_[^_]|^Json$/.test(type));
    expect(types).toEqual([]);
  });

  test("the public schema has no unreachable type", () => {
    const reached = new Set(ROOTS);
    for (const name of reached) for (const each of mentioned(name)) reached.add(each);
    const ours = Object.keys(api.getTypeMap()).filter((type) => !type.startsWith("__"));
    expect(ours.filter((type) => !reached.has(type) && type !== "Boolean")).toEqual([]);
  });

  /** The types that a type's definition names. */
  function mentioned(type: string): string[] {
    const found: string[] = [];
    const definition = definitionsOf("api").find((each) => "name" in each && each.name?.value === type);
    const enter = (node: ASTNode) => void (node.kind === Kind.NAMED_TYPE && found.push(node.name.value));
    if (definition) visit(definition, { enter });
    return found;
  }

  const contracts = readdirSync(projectPath("test", "contract")).flatMap(
    (file) => /^(.*)\.graphql$/.exec(file)?.[1] ?? [],
  );
  test.each(contracts)("the public schema accepts the contract's document %s", (name) => {
    expect(validate(api, parse(contract(name)))).toEqual([]);
  });

  test.each(["dossiers", "submit-birth-bundle"])(
    "the public schema accepts the contract's sample variables of %s",
    (name) => {
      const variables = JSON.parse(readFileSync(projectPath("test", "contract", `${name}.variables.json`), "utf8"));
      const [operation] = parse(contract(name)).definitions;
      if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("A contract document has one operation");
      const declared = operation.variableDefinitions ?? [];
      expect(declared.every(({ type }) => isInputType(typeFromAST(api, type as never)))).toBe(true);
      expect(getVariableValues(api, declared, variables).errors).toBeUndefined();
    },
  );
});

describe("a type that is no entity", () => {
  /** Tables that the fields of a type come from; the fields that bear a column's name are compared with it. */
  const SOURCES: [SubgraphName, string, string[]][] = [
    ["land", "LandParcel", ["parcels", "parcelVersions"]],
    ["land", "LandCertificate", ["certificates", "certificateVersions"]],
    ["business", "Business", ["businesses", "businessVersions"]],
    ["business", "Licence", ["licences", "licenceVersions"]],
    ["health-insurance", "CareFacility", ["careFacilities"]],
    ["residence", "Household", ["households", "householdVersions"]],
    ["residence", "HouseholdMember", ["residencyVersions"]],
    ["one-stop", "Dossier", ["dossiers"]],
    ["one-stop", "DossierPart", ["steps"]],
    ["one-stop", "HistoryEntry", ["history"]],
    ["one-stop", "TrackedDossier", ["dossiers"]],
    ["one-stop", "TrackedStep", ["steps"]],
    ["one-stop", "Procedure", ["procedures"]],
  ];

  test.each(SOURCES)(
    "a scalar field of a type of %s is nullable exactly where its column is: %s",
    async (name, typeName, tables) => {
      const { tables: declared } = await loadDefinition(name);
      const columns = Object.assign({}, ...tables.map((table) => getTableColumns(tableOf(declared, table))));
      const type = objectTypes(name).find((each) => each.name.value === typeName);
      const compared = (type?.fields ?? []).filter((field) => field.name.value in columns && isScalar(field));
      expect(compared.length).toBeGreaterThan(0);
      for (const field of compared) {
        const strict = field.type.kind === Kind.NON_NULL_TYPE;
        expect([field.name.value, strict]).toEqual([field.name.value, columns[field.name.value].notNull]);
      }
    },
  );

  /** Columns that clients see under another name: that of the author of an act. */
  const SHOWN_AS: Record<string, string> = { owner: "recordedBy" };

  test.each(names)("no type of %s promises a value that each column of its name may lack", async (name) => {
    const tables = Object.values((await loadDefinition(name)).tables);
    const own = tables.filter((table): table is Table => isTable(table) && table !== receivedParts); // of the protocol
    const columns = own
      .flatMap((table) => Object.entries(getTableColumns(table)))
      .map(([field, column]) => [SHOWN_AS[field] ?? field, column] as const);
    const certain = new Map(
      columns.map(([field]) => [field, columns.some(([each, c]) => each === field && c.notNull)]),
    );
    const promised = objectTypes(name).flatMap((type) =>
      (type.fields ?? [])
        .filter((field) => field.type.kind === Kind.NON_NULL_TYPE && certain.get(field.name.value) === false)
        .map((field) => `${type.name.value}.${field.name.value}`),
    );
    expect(promised).toEqual([]);
  });

  function tableOf(tables: Readonly<Record<string, unknown>>, name: string): Table {
    const table = tables[name];
    if (!isTable(table)) throw new Error(`There is no table ${name}`);
    return table;
  }

  function isScalar({ type }: FieldDefinitionNode): boolean {
    const inner: TypeNode = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return inner.kind === Kind.NAMED_TYPE && !objectTypes("one-stop").some((t) => t.name.value === inner.name.value);
  }
});
