import { buildVersion } from "../../subgraphs/_shared/serving/build-version.ts";
import type { Language } from "../pages/language.ts";
import type { Page } from "../pages/page-layout.ts";
import type { PageDocuments } from "../pages/public-pages.ts";
import { type AgencyStatus, type Backlog, statusPage } from "../pages/status/status-page.ts";
import type { OperationAnswer } from "./registered-operation.ts";

type Ask = (document: string, variables: Record<string, unknown>) => Promise<OperationAnswer>;

/** Page of the agencies' states; undefined where it is off. */
export async function statusAnswer(
  { outboxBacklog }: PageDocuments,
  agencies: (() => Promise<AgencyStatus[]>) | undefined,
  language: Language,
  ask: Ask,
): Promise<Page | undefined> {
  if (!agencies) return undefined;
  const [statuses, { data, errors = [] }] = await Promise.all([agencies(), ask(outboxBacklog, {})]);
  const backlog = data?.outboxBacklog as Backlog[] | null | undefined; // selected by the document
  const isHidden = errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
  const { version, commit } = buildVersion;
  return statusPage({
    language,
    agencies: statuses,
    backlog: backlog ?? (isHidden ? "hidden" : "unknown"),
    version: `${version} ${commit}`,
  });
}
