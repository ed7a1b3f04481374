import { GraphQLError, type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import { TYPENAME_ALIAS } from "./added-typenames.ts";
import { type Failure, type FetchLog, type FetchNode, fetchKey, type PlanNode, type PlanPath } from "./fetch-log.ts";
import { type FetchedField, fetchedFields } from "./fetched-fields.ts";

type ResponsePath = readonly (string | number)[];
type Place = { value: Record<string, unknown> | null; path: ResponsePath };

/**
 * One UNAVAILABLE error for each hole that an unreachable agency left in the client's response, at the path of the hole.
 * The plan tells which fields a failed fetch would have brought, and which later fetches had to be left out because of it.
 */
export function missingDataErrors(journey: FetchLog, data: unknown, schema: GraphQLSchema): GraphQLError[] {
  const found = new Map<string, GraphQLError>();
  const unplaced: { failure: Failure; fields: FetchedField[]; places: Place[] }[] = [];
  const node = journey.plan?.node;
  if (!node || node.kind === "Subscription") return [];
  blame(node, [], []);
  for (const each of unplaced) if (!isNamed(each.failure)) blameAncestor(each);
  return [...found.values()];

  /** Walks the plan in its order; `before` are the failures that come before the node. Gives those it adds. */
  function blame(node: PlanNode, path: PlanPath, before: readonly Failure[]): Failure[] {
    switch (node.kind) {
      case "Fetch":
        return blameFetch(node, path, before);
      case "Flatten":
        return blame(node.node, [...path, ...node.path], before);
      case "Parallel":
        return node.nodes.flatMap((each) => blame(each, path, before));
      case "Sequence": {
        const added: Failure[] = [];
        for (const each of node.nodes) added.push(...blame(each, path, [...before, ...added]));
        return added;
      }
      case "Condition":
        return [node.ifClause, node.elseClause].flatMap((each) => (each ? blame(each, path, before) : []));
      case "Defer":
        return [];
    }
  }

  function blameFetch(fetch: FetchNode, path: PlanPath, before: readonly Failure[]): Failure[] {
    const fate = journey.fetches.get(fetchKey(fetch.serviceName, fetch.operation, path));
    if (fate === "answered") return [];
    const failure = fate ?? before[0];
    if (!failure) return [];
    const places = placesAt(data, path);
    const fields = fetchedFields(fetch);
    const size = found.size;
    for (const { value, path: at } of places) if (value) blameFields(fields, value, at, failure);
    if (fate && found.size === size) unplaced.push({ failure, fields, places });
    return fate ? [fate] : [];
  }

  function blameFields(fields: FetchedField[], value: Record<string, unknown>, at: ResponsePath, failure: Failure) {
    for (const { name, on, fields: inner } of fields) {
      if (!Object.hasOwn(value, name) || !mayBe(value, on, schema)) continue;
      if (value[name] === null) add([...at, name], failure);
      else for (const place of placesAt(value[name], [], [...at, name])) blameInner(place, inner, failure);
    }
  }

  function blameInner({ value, path }: Place, fields: FetchedField[], failure: Failure): void {
    if (value && typeof value === "object") blameFields(fields, value, path, failure);
  }

  /** A hole that was not allowed to be null took its parents with it: the nearest one left bears the error. */
  function blameAncestor({ failure, fields, places }: (typeof unplaced)[number]): void {
    const lost = places.find((place) => place.value === null);
    const first = fields[0]?.name;
    add(lost ? (lost.path.length > 0 || !first ? lost.path : [first]) : [], failure);
  }

  function isNamed({ agency }: Failure): boolean {
    return [...found.values()].some((error) => error.extensions.agency === agency);
  }

  function add(path: ResponsePath, { agency, reason }: Failure): void {
    const key = path.join("\n");
    if (found.has(key)) return;
    const where = path.length > 0 ? { path } : {};
    const extensions = { code: "UNAVAILABLE", agency };
    found.set(key, new GraphQLError(`${agency} cannot be reached: ${reason}`, { ...where, extensions }));
  }
}

/** Where in the response a path of the plan leads, lists spread out; a null on the way ends there. */
function placesAt(value: unknown, rest: PlanPath, path: ResponsePath = []): Place[] {
  if (value === null) return [{ value: null, path }];
  if (Array.isArray(value)) {
    const after = rest[0] === "@" ? rest.slice(1) : rest;
    return value.flatMap((each, index) => placesAt(each, after, [...path, index]));
  }
  if (typeof value !== "object") return [];
  const object = value as Record<string, unknown>; // a JSON object
  const [step] = rest;
  if (step === undefined) return [{ value: object, path }];
  return placesAt(object[step], rest.slice(1), [...path, step]);
}

/** Whether an object of the response is of a type; one of unknown type may be of any. */
function mayBe(value: Record<string, unknown>, on: string | undefined, schema: GraphQLSchema): boolean {
  const typename = value[TYPENAME_ALIAS] ?? value.__typename;
  if (on === undefined || typeof typename !== "string" || typename === on) return true;
  const [wide, narrow] = [schema.getType(on), schema.getType(typename)];
  return isAbstractType(wide) && isObjectType(narrow) && schema.isSubType(wide, narrow);
}
