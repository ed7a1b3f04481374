import type { GraphQLFormattedError } from "graphql";
import { publicError } from "../errors.ts";
import { agenciesJson } from "../subgraph-client/agency-states.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { toUtf8, type Utf8 } from "../utf8.ts";

/** What leaves for one request. */
export type GraphqlResponse = {
  /** `refused`: nothing was executed, the document or the variables are at fault. */
  kind: "executed" | "refused";
  /** 405 where a GET asks for more than a query. */
  status: number | undefined;
  /** The body, as JSON text. */
  text: Utf8;
  /** Where the caller has used up what it may ask: when it may ask again. */
  retryAfterSeconds: number | undefined;
  /** "ok", or the code of the first error. */
  outcome: string;
};

type Errors = readonly GraphQLFormattedError[] | undefined;

/** @param data JSON text; undefined where nothing was executed. @param extensions what plugins have added to ours. */
export function graphqlResponse(
  data: Utf8 | undefined,
  errors: Errors,
  { requestId, agencies, trace, eventId }: Pick<RequestScope, "requestId" | "agencies" | "trace" | "eventId">,
  status?: number,
  extensions?: Record<string, unknown>,
): GraphqlResponse {
  const kind = data === undefined ? "refused" : "executed";
  const shown = errors?.map((error) => publicError(error, requestId)) ?? [];
  let text = shown.length > 0 ? `{"errors":${toUtf8(JSON.stringify(shown))}` : "";
  if (data !== undefined) text += `${text === "" ? "{" : ","}"data":${data}`;
  const extended = extensionsText(
    agenciesJson(agencies),
    trace?.plan?.json(),
    eventId === undefined ? extensions : { ...extensions, eventId },
  );
  if (extended !== undefined) text += `,"extensions":${toUtf8(extended)}`;
  const [first] = shown;
  const seconds = kind === "refused" ? first?.extensions?.retryAfterSeconds : undefined;
  return {
    kind,
    status,
    text: `${text}}` as Utf8,
    outcome: first ? String(first.extensions?.code) : "ok",
    retryAfterSeconds: typeof seconds === "number" ? seconds : undefined,
  };
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
