import type { GraphQLFormattedError } from "graphql";
import { publicError } from "../errors.ts";
import { stringifyExactly } from "../json-numbers.ts";
import type { PassedErrors } from "../passed-errors.ts";
import { agenciesJson } from "../subgraph-client/agency-states.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { toUtf8, type Utf8 } from "../utf8.ts";

/** GraphQL response of one request. */
export type GraphqlResponse = {
  /** `refused`: nothing was executed, because the document or the variables are wrong. */
  kind: "executed" | "refused";
  /** 405 where a GET asks for anything but a query. */
  status: number | undefined;
  /** Body as JSON text. */
  text: Utf8;
  /** Seconds until the caller may send again, where its budget is used up. */
  retryAfterSeconds: number | undefined;
  /** "ok", or the code of the first error. */
  outcome: string;
};

type Errors = readonly GraphQLFormattedError[] | undefined;

type ResponseOptions = {
  passedErrors: PassedErrors;
  status?: number | undefined;
  /** Extensions that plugins have added. */
  extensions?: Record<string, unknown> | undefined;
};

/** @param data JSON text; undefined where nothing was executed. */
export function graphqlResponse(
  data: Utf8 | undefined,
  errors: Errors,
  { requestId, agencies, trace, eventId }: Pick<RequestScope, "requestId" | "agencies" | "trace" | "eventId">,
  { passedErrors, status, extensions }: ResponseOptions,
): GraphqlResponse {
  const kind = data === undefined ? "refused" : "executed";
  const publicErrors = errors?.map((error) => publicError(error, requestId, passedErrors)) ?? [];
  let text = publicErrors.length > 0 ? `{"errors":${toUtf8(errorsText(publicErrors))}` : "";
  if (data !== undefined) text += `${text === "" ? "{" : ","}"data":${data}`;
  const extended = extensionsText(
    agenciesJson(agencies),
    trace?.plan?.json(),
    eventId === undefined ? extensions : { ...extensions, eventId },
  );
  if (extended !== undefined) text += `,"extensions":${toUtf8(extended)}`;
  const [first] = publicErrors;
  const seconds = kind === "refused" ? first?.extensions?.retryAfterSeconds : undefined;
  return {
    kind,
    status,
    text: `${text}}` as Utf8,
    outcome: first ? String(first.extensions?.code) : "ok",
    retryAfterSeconds: typeof seconds === "number" ? seconds : undefined,
  };
}

/** Errors as JSON. A subgraph's extensions that nest too deeply to be written are left out. */
function errorsText(errors: readonly GraphQLFormattedError[]): string {
  try {
    return stringifyExactly(errors) ?? "[]";
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const plain = errors.map(({ extensions: { code, requestId } = {}, ...rest }) => ({
      ...rest,
      extensions: { code, requestId },
    }));
    return JSON.stringify(plain);
  }
}

type Text = string | undefined;

function extensionsText(agencies: Text, plan: Text, more: Record<string, unknown> | undefined): Text {
  if (!more && !plan) return agencies && `{"agencies":${agencies}}`;
  return JSON.stringify({
    ...more,
    ...(agencies !== undefined && { agencies: JSON.parse(agencies) }),
    ...(plan !== undefined && { plan: JSON.parse(plan) }),
  });
}
