import { GraphQLError, type GraphQLSchema, getLocation, Kind, Source, validate } from "graphql";
import { fragmentsOf } from "../../gateway/executor/normalize/client-operation.ts";
import { checkDocument, parseDocument } from "../../gateway/pipeline/limits/document-limits.ts";
import type { DocumentLimits } from "../../gateway/pipeline/limits/limit-error.ts";
import type { Candidate } from "./candidates.ts";

/** A document that may be trusted: its operations by name. */
export type Checked = { operations: string[]; problems: string[] };

/** All reasons why a document cannot be served: syntax, limits, mismatch with the public schema. */
export function check({ source, text }: Candidate, schema: GraphQLSchema, limits: DocumentLimits): Checked {
  try {
    const document = parseDocument(text, limits);
    const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    const errors = [...checkDocument(document, fragmentsOf(document), limits), ...validate(schema, document)];
    const problems = errors.map((error) => describeProblem(source, text, error));
    if (operations.length === 0) problems.push(`${source}: has no operation`);
    return { operations: operations.map((each) => each.name?.value ?? "(unnamed)"), problems };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { operations: [], problems: [describeProblem(source, text, error)] };
  }
}

function describeProblem(source: string, text: string, { message, positions }: GraphQLError): string {
  const [position] = positions ?? [];
  const place = position === undefined ? "" : `:${getLocation(new Source(text), position).line}`;
  return `${source}${place}: ${message}`;
}
