import { afterAll, afterEach, beforeAll } from "vitest";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { type DossierData, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { serial } from "../../kit/serial-numbers.ts";
import { buildWorld, type Persona, type World } from "../../world.ts";
import { type Receiver, serveReceiver } from "./receiver.ts";

export const portal: Persona = { persona: "portal" };
const WEBHOOK = `id url filter { province office procedure } reachOffice reachProvince state pausedAt pauseReason failures failingSince createdAt`;
const DELIVERY = `id kind dossier { code } cursor state attempts lastAttemptAt lastStatus lastFailure nextAttemptAt`;
const PROBLEMS = "problems { code path message messageEn }";
const ACT = `{ webhook { ${WEBHOOK} } secret ${PROBLEMS} }`;
const DELIVERY_ACT = `{ delivery { ${DELIVERY} } ${PROBLEMS} }`;

/** Documents of the acts on webhooks, by their root field. */
export const DOCUMENTS = {
  createWebhook: `mutation ($input: WebhookInput!, $key: String!) { createWebhook(input: $input, idempotencyKey: $key) ${ACT} }`,
  changeWebhook: `mutation ($webhook: ID!, $input: WebhookInput!) { changeWebhook(webhook: $webhook, input: $input) ${ACT} }`,
  rotateWebhookSecret: `mutation ($webhook: ID!, $overlapHours: Int! = 24, $key: String!) {
    rotateWebhookSecret(webhook: $webhook, overlapHours: $overlapHours, idempotencyKey: $key) ${ACT} }`,
  pauseWebhook: `mutation ($webhook: ID!) { pauseWebhook(webhook: $webhook) ${ACT} }`,
  resumeWebhook: `mutation ($webhook: ID!) { resumeWebhook(webhook: $webhook) ${ACT} }`,
  deleteWebhook: `mutation ($webhook: ID!) { deleteWebhook(webhook: $webhook) ${ACT} }`,
  pingWebhook: `mutation ($webhook: ID!, $key: String!) { pingWebhook(webhook: $webhook, idempotencyKey: $key) ${DELIVERY_ACT} }`,
  redeliverWebhook: `mutation ($delivery: ID!) { redeliverWebhook(delivery: $delivery) ${DELIVERY_ACT} }`,
  replayWebhook: `mutation ($webhook: ID!, $since: String, $until: String, $first: Int! = 200) {
    replayWebhook(webhook: $webhook, since: $since, until: $until, first: $first) {
      count pageInfo { hasNextPage endCursor } } }`,
  webhooks: `{ webhooks { ${WEBHOOK} } }`,
  webhookDeliveries: `query ($webhook: ID!, $state: WebhookDeliveryState, $first: Int! = 200, $after: String) {
    webhookDeliveries(webhook: $webhook, state: $state, first: $first, after: $after) {
      nodes { ${DELIVERY} } pageInfo { hasNextPage endCursor } } }`,
} as const;
type Act = keyof typeof DOCUMENTS;

export const aKey = () => `webhook-${process.pid}-${serial("key")}`;
export const aPath = () => `/hook-${serial("path")}`;

/** A world whose desk may send to receivers of this machine, and such a receiver. */
export type WebhookWorld = {
  readonly world: World;
  readonly receiver: Receiver;
  /** Result of an act, or `{ error }` with the extensions of its error. */
  act(name: Act, variables?: object, who?: Persona): Promise<DossierData>;
  /** A new webhook, by default of the portal and of the births of its province. */
  created(path: string, filter?: object, who?: Persona): Promise<{ id: string; secret: string }>;
  deliveries(webhook: string, state?: string, who?: Persona): Promise<DossierData[]>;
  /** Makes pending deliveries due at once, as if their pause had passed. */
  hasten(webhook: string): Promise<unknown>;
  until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void>;
};

export function webhookWorld(environment: NodeJS.ProcessEnv = {}): WebhookWorld {
  let world: World;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await serveReceiver();
    const own = { WEBHOOK_PRIVATE_ADDRESSES: "127.0.0.0/8", WEBHOOK_TIMEOUT_MS: "1000", ...environment };
    world = await buildWorld({ "one-stop": { ...shortBackoff["one-stop"], ...own } });
  });
  afterAll(async () => {
    await world?.close();
    await receiver?.close();
  });
  // a province has room for few webhooks
  afterEach(() => world.sql("one-stop")`delete from webhooks`);
  const kit: WebhookWorld = {
    get world() {
      return world;
    },
    get receiver() {
      return receiver;
    },
    async act(name, variables = {}, who = portal) {
      const { data, errors } = await world.ask(who, DOCUMENTS[name], { key: aKey(), ...variables });
      return data?.[name] ?? { error: errors?.[0]?.extensions };
    },
    async created(path, filter, who = portal) {
      const input = { url: `${receiver.url}${path}`, filter };
      const { webhook, secret, problems, error } = await kit.act("createWebhook", { input }, who);
      if (!webhook) throw new Error(JSON.stringify(problems ?? error));
      return { id: webhook.id, secret };
    },
    async deliveries(webhook, state, who = portal) {
      const page = await kit.act("webhookDeliveries", { webhook, state }, who);
      if (!page.nodes) throw new Error(JSON.stringify(page));
      return page.nodes;
    },
    hasten: (webhook) => world.sql("one-stop")`
      update webhook_deliveries set next_attempt_at = now() where webhook_id = ${webhook} and state = 'PENDING'`,
    until: (what, isSo) => waitUntil(what, async () => isSo()),
  };
  return kit;
}
