import { z } from "zod";
import { badRequest } from "../errors.ts";

/** What a GraphQL request over HTTP consists of (GraphQL over HTTP, "Request Parameters"). */
export type GraphqlParameters = {
  query: string;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  extensions?: Record<string, unknown> | undefined;
};

const EXAMPLE = 'such as {"query": "{ __typename }", "variables": {}}';
const object = z.record(z.string(), z.unknown()).nullish();
const parameters = z.object({
  query: z.string().refine((text) => text.trim() !== "", { error: "must not be empty" }),
  operationName: z.string().nullish(),
  variables: object,
  extensions: object,
});

/** Reads the JSON body of a POST. @throws Refusal naming what is wrong with it. */
export function bodyParameters(body: Buffer): GraphqlParameters {
  const text = body.toString("utf8").trim();
  if (text === "") throw badRequest(`The body is empty; send JSON ${EXAMPLE}`);
  const given = json(text, "The body");
  if (Array.isArray(given)) throw badRequest("Batches are not served; send one operation per request");
  return checked(given);
}

/** Reads the parameters of a GET from its address. @throws Refusal naming what is wrong with them. */
export function searchParameters(search: URLSearchParams): GraphqlParameters {
  const part = (name: string) => search.get(name) ?? undefined;
  const jsonPart = (name: string) => {
    const text = part(name);
    return text === undefined ? undefined : json(text, `The parameter ${name}`);
  };
  return checked({
    query: part("query"),
    operationName: part("operationName"),
    variables: jsonPart("variables"),
    extensions: jsonPart("extensions"),
  });
}

function checked(given: unknown): GraphqlParameters {
  const parsed = parameters.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the body"}: ${issue.message}`);
    throw badRequest(`${faults.join("; ")}; send JSON ${EXAMPLE}`);
  }
  const { query, operationName, variables, extensions } = parsed.data;
  return {
    query,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`${what} is not JSON`);
  }
}
