import * as z from "zod";
import { badRequest, payloadTooLarge, Refusal } from "../errors.ts";
import { ExactNumber, parseExactly } from "../json-numbers.ts";
import type { NamedDocument } from "../pipeline/documents/document-id.ts";
import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";
import { jsonBytes } from "../pipeline/limits/json-bytes.ts";
import type { Limits } from "../pipeline/limits/limits-configuration.ts";
import { isDeeperThan } from "../pipeline/limits/nesting.ts";

const EXAMPLE = 'such as {"query": "{ __typename }", "variables": {}}';
const object = z.record(z.string(), z.unknown(), { error: "must be an object" }).nullish();
const text = z.string({ error: "must be a text" });
const parameters = z
  .object({
    query: text.refine((given) => given.trim() !== "", { error: "must not be empty" }).nullish(),
    documentId: text.nullish(),
    operationName: text.nullish(),
    variables: object,
    extensions: object,
  })
  .refine((given) => [given.query, given.documentId, given.extensions?.persistedQuery].some(isGiven), {
    path: ["query"],
    error: "is required, or a documentId",
  });

/** Parameters as the client sends them: the document is identified by its text, its id or both. */
type SentParameters = Omit<GraphqlParameters, "query"> & NamedDocument;

/** Reads the JSON body of a POST. @throws Refusal that names the problem. */
export function bodyParameters(body: Buffer, limits: Limits): SentParameters {
  const text = body.toString("utf8").trim();
  if (text === "") throw badRequest(`The body is empty; send JSON ${EXAMPLE}`);
  return parsedParameters(json(text, "The body"), limits, body.length);
}

/** Reads parameters that are parsed already. @param bytes of their JSON at most. @throws Refusal that names the problem. */
export function parsedParameters(given: unknown, limits: Limits, bytes = Infinity): SentParameters {
  if (Array.isArray(given)) throw badRequest("Batches are not served; send one operation per request");
  const sent = checked(given);
  // the size of the JSON bounds that of the variables and costs nothing to check
  if (bytes > limits.variablesBytes) checkVariables(sent.variables, limits);
  if (bytes > 2 * limits.document.nesting) checkNesting(sent.variables, limits); // a level takes two characters
  return sent;
}

function checkVariables(variables: unknown, { variablesBytes: allowed }: Limits): void {
  const asked = jsonBytes(variables ?? {});
  if (asked <= allowed) return;
  const message = `The variables take ${asked} bytes, ${allowed} are allowed; send less at a time`;
  throw payloadTooLarge(message, 413, { name: "variablesBytes", allowed, asked });
}

/** Deeper values would exhaust the stack of the recursive code that coerces and writes them. */
function checkNesting(variables: unknown, { document: { nesting: allowed } }: Limits): void {
  if (!isDeeperThan(variables, allowed + 1)) return; // the object of the variables is one level
  const message = `The variables nest lists and objects more than ${allowed} levels deep; send flatter values`;
  throw new Refusal(400, "BAD_USER_INPUT", message, {}, { limit: { name: "nesting", allowed, asked: allowed + 1 } });
}

/** Reads the parameters of a GET from its address. @throws Refusal that names the problem. */
export function searchParameters(search: URLSearchParams, limits: Limits): SentParameters {
  const part = (name: string) => search.get(name) ?? undefined;
  const jsonPart = (name: string) => {
    const text = part(name);
    return text === undefined ? undefined : json(text, `The parameter ${name}`);
  };
  const sent = checked({
    query: part("query"),
    documentId: part("documentId"),
    operationName: part("operationName"),
    variables: jsonPart("variables"),
    extensions: jsonPart("extensions"),
  });
  checkNesting(sent.variables, limits);
  return sent;
}

function checked(given: unknown): SentParameters {
  return isUsual(given) ? given : checkedBySchema(given);
}

const USUAL = new Set(["query", "operationName", "variables"]);

/** True for the parameters that clients usually send; checking them by the schema costs more than the rest of the reading. */
function isUsual(given: unknown): given is Omit<GraphqlParameters, "extensions"> {
  if (!isObject(given)) return false;
  const { query, operationName, variables } = given;
  for (const name in given) if (!USUAL.has(name)) return false;
  if (operationName !== undefined && typeof operationName !== "string") return false;
  if (variables !== undefined && !isObject(variables)) return false;
  return typeof query === "string" && query.trim() !== "";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

function checkedBySchema(given: unknown): SentParameters {
  const parsed = parameters.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the body"}: ${issue.message}`);
    throw badRequest(`${faults.join("; ")}; send JSON ${EXAMPLE}`);
  }
  const { query, documentId, operationName, variables, extensions } = parsed.data;
  return {
    query: query ?? undefined,
    documentId: documentId ?? undefined,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function json(text: string, what: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    throw badRequest(`${what} is not JSON`);
  }
}
