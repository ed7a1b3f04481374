import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { badRequest } from "../errors.ts";
import { inLanguage, languageOf } from "../pages/language.ts";
import type { Page } from "../pages/page-layout.ts";
import {
  catalogueUnavailablePage,
  type ListedAgency,
  procedureListPage,
  searchOf,
  unknownProcedurePage,
} from "../pages/procedures/procedure-list-page.ts";
import { procedurePage } from "../pages/procedures/procedure-page.ts";
import type { ProcedureList, PublishedProcedure } from "../pages/procedures/published-procedure.ts";
import type { PageDocuments } from "../pages/public-pages.ts";
import type { OperationAnswer } from "./registered-operation.ts";

const PAGE_SIZE = 25;
const AGENCIES: readonly ListedAgency[] = subgraphs.map(({ agency, vi, en }) => ({ code: agency, vi, en }));

/** Executes a document for the anonymous public. */
export type AskPublicly = (document: string, variables: Record<string, unknown>) => Promise<OperationAnswer>;

/** Page of a request below /procedures. Undefined: there is no such page. */
export async function catalogueAnswer(
  { procedure, procedures }: PageDocuments,
  path: readonly string[],
  search: URLSearchParams,
  ask: AskPublicly,
): Promise<Page | undefined> {
  const [code = ""] = path;
  if (path.length > 1) return undefined;
  if (code === "") return listOf(search, await ask(procedures, listVariables(search)));
  return pageOf(code, search, await ask(procedure, { code }));
}

function pageOf(code: string, search: URLSearchParams, { data, errors }: OperationAnswer): Page {
  const language = languageOf(search);
  const found = data?.procedure as PublishedProcedure | null | undefined; // as the document selects it
  if (found) return procedurePage(found, language);
  if (errors?.[0]?.extensions?.code === "NOT_FOUND") return unknownProcedurePage(code.slice(0, 40), AGENCIES, language);
  return catalogueUnavailablePage(inLanguage(`/procedures/${encodeURIComponent(code)}`, language), language);
}

function questionOf(search: URLSearchParams) {
  const agency = search.get("agency") ?? "";
  const isKnown = AGENCIES.some(({ code }) => code === agency);
  return { search: (search.get("q") ?? "").trim().slice(0, 100), agency: isKnown ? agency : "" };
}

function listVariables(search: URLSearchParams): Record<string, unknown> {
  const { search: words, agency } = questionOf(search);
  return { search: words || null, agency: agency || null, first: PAGE_SIZE, after: search.get("after") };
}

/** @throws Refusal of a cursor that the list has not given. */
function listOf(search: URLSearchParams, { data, errors }: OperationAnswer): Page {
  const language = languageOf(search);
  const question = questionOf(search);
  if (errors?.[0]?.extensions?.code === "BAD_USER_INPUT") throw badRequest("The page of the list does not exist");
  const list = data?.procedures as ProcedureList | null | undefined; // as the document selects it
  if (!list) return catalogueUnavailablePage(inLanguage("/procedures", language, searchOf(question)), language);
  const { hasNextPage, endCursor } = list.pageInfo;
  const next =
    hasNextPage && endCursor ? inLanguage("/procedures", language, searchOf(question, endCursor)) : undefined;
  return procedureListPage(list, question, AGENCIES, next, language);
}
