import { GraphQLError, type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import { TYPENAME_ALIAS } from "./added-typenames.ts";
import { type Failure, type FetchLog, type FetchNode, fetchKey, type PlanNode, type PlanPath } from "./fetch-log.ts";
import { type FetchedField, fetchedFields } from "./fetched-fields.ts";

type ResponsePath = readonly (string | number)[];
type Position = { value: Record<string, unknown> | null; path: ResponsePath };

/**
 * One UNAVAILABLE error for each value that is missing in the client's response because an agency is unreachable, at its path.
 * The plan shows the fields of a failed fetch and the later fetches that depend on it.
 */
export function missingDataErrors(fetchLog: FetchLog, data: unknown, schema: GraphQLSchema): GraphQLError[] {
  const { found, add } = errorsByPath();
  const unattributed: { failure: Failure; fields: FetchedField[]; positions: Position[] }[] = [];
  const node = fetchLog.plan?.node;
  if (!node || node.kind === "Subscription") return [];
  attribute(node, [], []);
  for (const each of unattributed) if (!isNamed(each.failure)) attributeToAncestor(each);
  return [...found.values()];

  /** Visits the plan in its order; `before` are the failures of earlier nodes. @returns the failures of this node. */
  function attribute(node: PlanNode, path: PlanPath, before: readonly Failure[]): Failure[] {
    switch (node.kind) {
      case "Fetch":
        return attributeFetch(node, path, before);
      case "Flatten":
        return attribute(node.node, [...path, ...node.path], before);
      case "Parallel":
        return node.nodes.flatMap((each) => attribute(each, path, before));
      case "Sequence": {
        const added: Failure[] = [];
        for (const each of node.nodes) added.push(...attribute(each, path, [...before, ...added]));
        return added;
      }
      case "Condition":
        return [node.ifClause, node.elseClause].flatMap((each) => (each ? attribute(each, path, before) : []));
      case "Defer":
        return [];
    }
  }

  function attributeFetch(fetch: FetchNode, path: PlanPath, before: readonly Failure[]): Failure[] {
    const outcome = fetchLog.fetches.get(fetchKey(fetch.serviceName, fetch.operation, path));
    if (outcome === "answered") return [];
    const failure = outcome ?? before[0];
    if (!failure) return [];
    const positions = positionsAt(data, path);
    const fields = fetchedFields(fetch);
    const size = found.size;
    for (const { value, path: at } of positions) if (value) attributeFields(fields, value, at, failure);
    if (outcome && found.size === size) unattributed.push({ failure, fields, positions });
    return outcome ? [outcome] : [];
  }

  function attributeFields(fields: FetchedField[], value: Record<string, unknown>, at: ResponsePath, failure: Failure) {
    for (const { name, on, fields: inner } of fields) {
      if (!Object.hasOwn(value, name) || !mayHaveType(value, on, schema)) continue;
      if (value[name] === null) add([...at, name], failure);
      else for (const position of positionsAt(value[name], [], [...at, name])) attributeInner(position, inner, failure);
    }
  }

  function attributeInner({ value, path }: Position, fields: FetchedField[], failure: Failure): void {
    if (value && typeof value === "object") attributeFields(fields, value, path, failure);
  }

  /** Null propagation has removed the parents of a non-null field: the error belongs to the nearest ancestor. */
  function attributeToAncestor({ failure, fields, positions }: (typeof unattributed)[number]): void {
    const missing = positions.find((place) => place.value === null);
    const first = fields[0]?.name;
    add(missing ? (missing.path.length > 0 || !first ? missing.path : [first]) : [], failure);
  }

  function isNamed({ agency }: Failure): boolean {
    return [...found.values()].some((error) => error.extensions.agency === agency);
  }
}

/** Collects one UNAVAILABLE error for each path. */
function errorsByPath() {
  const found = new Map<string, GraphQLError>();
  function add(path: ResponsePath, { agency, reason }: Failure): void {
    const key = path.join("\n");
    if (found.has(key)) return;
    const where = path.length > 0 ? { path } : {};
    const extensions = { code: "UNAVAILABLE", agency };
    found.set(key, new GraphQLError(`${agency} cannot be reached: ${reason}`, { ...where, extensions }));
  }
  return { found, add };
}

/** Positions in the response that a path of the plan reaches, with lists expanded; a null ends the path. */
function positionsAt(value: unknown, rest: PlanPath, path: ResponsePath = []): Position[] {
  if (value === null) return [{ value: null, path }];
  if (Array.isArray(value)) {
    const after = rest[0] === "@" ? rest.slice(1) : rest;
    return value.flatMap((each, index) => positionsAt(each, after, [...path, index]));
  }
  if (typeof value !== "object") return [];
  const object = value as Record<string, unknown>; // a JSON object
  const [step] = rest;
  if (step === undefined) return [{ value: object, path }];
  return positionsAt(object[step], rest.slice(1), [...path, step]);
}

/** True where an object of the response may have a type; an object of unknown type may have any. */
function mayHaveType(value: Record<string, unknown>, on: string | undefined, schema: GraphQLSchema): boolean {
  const typename = value[TYPENAME_ALIAS] ?? value.__typename;
  if (on === undefined || typeof typename !== "string" || typename === on) return true;
  const [wide, narrow] = [schema.getType(on), schema.getType(typename)];
  return isAbstractType(wide) && isObjectType(narrow) && schema.isSubType(wide, narrow);
}
