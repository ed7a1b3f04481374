import { bearer, citizen } from "../../kit/ask-agency.ts";
import type { ResponseJson } from "../../kit/response-json.ts";
import { clerk, type Persona, type World } from "../../world.ts";
import { aDossierFor, aKey, ask } from "../legal-clock/stories.ts";

export const DECLARANT = "093195000017";
export const DIGITS = "5678";
export const declarant = citizen(DECLARANT);
export const leader = bearer("leader", { office: "31471" });

const BY_RECEIPT = `mutation ($code: ID!, $phoneLast4: String!, $feedback: FeedbackInput!) {
  giveFeedbackByReceipt(code: $code, phoneLast4: $phoneLast4, feedback: $feedback) {
    feedback { rating givenAt answerBy answer answeredAt } problems { code path } } }`;
const BY_ACCOUNT = `mutation ($dossier: ID!, $feedback: FeedbackInput!) {
  giveFeedback(dossier: $dossier, feedback: $feedback) { feedback { rating answerBy } problems { code path } } }`;
const HOTLINE = `mutation ($input: HotlineFeedbackInput!, $key: String!) {
  recordHotlineFeedback(input: $input, idempotencyKey: $key) {
    feedback { id channel field rating complaint dossier { code } } problems { code path } } }`;
const ANSWER = `mutation ($id: ID!, $answer: String!, $key: String!) {
  answerFeedback(id: $id, answer: $answer, idempotencyKey: $key) {
    feedback { id answer answeredAt answeredBy { id } } problems { code path } } }`;
const LIST = `query ($filter: FeedbackFilter, $first: Int!, $after: String) {
  feedback(filter: $filter, first: $first, after: $after) { totalCount totalCountAtLeast
    nodes { id channel rating complaint field answerBy overdue remindedAt answer dossier { code } }
    pageInfo { hasNextPage endCursor } } }`;

type Result = ResponseJson;
const first = ({ data, errors }: { data: ResponseJson; errors?: unknown }): Result =>
  Object.values(data ?? {})[0] ?? { errors };

export const giveByReceipt = async (world: World, code: string, feedback: object, phoneLast4 = DIGITS) =>
  first(await world.ask(null, BY_RECEIPT, { code, phoneLast4, feedback }));
export const give = async (world: World, dossier: string, feedback: object, who: Persona = declarant) =>
  first(await world.ask(who, BY_ACCOUNT, { dossier, feedback }));
export const noteCall = async (world: World, input: object, key = aKey(), who: Persona = clerk) =>
  first(await world.ask(who, HOTLINE, { input, key }));
export const answerTo = async (world: World, id: string, answer: string, key = aKey(), who: Persona = clerk) =>
  first(await world.ask(who, ANSWER, { id, answer, key }));
export const listed = async (world: World, filter: object, who: Persona = clerk, page: object = { first: 200 }) =>
  first(await world.ask(who, LIST, { filter, ...page }));

/** A dossier of the declarant with its code alone. */
export async function aDossier(world: World, procedure = "1.000894"): Promise<string> {
  const variables = { input: aDossierFor(procedure), idempotencyKey: aKey() };
  return (await ask(world, clerk, "submit-dossier", variables)).dossier.code;
}

/** Id of the feedback on a dossier. */
export async function feedbackOn(world: World, code: string): Promise<Result> {
  const { nodes } = await listed(world, {});
  return nodes.find(({ dossier }: Result) => dossier?.code === code);
}
