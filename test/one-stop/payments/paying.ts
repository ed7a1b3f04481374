import { afterAll, beforeAll, expect } from "vitest";
import { type StandIn, servePaymentProvider } from "../../../scripts/payment-provider/stand-in.ts";
import { CALLBACK_PATH } from "../../../subgraphs/one-stop/payments/callback-path.ts";
import { SIGNATURE_HEADER, signMessage } from "../../../subgraphs/one-stop/payments/signature.ts";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { type DossierData, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { aMove } from "../../kit/moves.ts";
import { postedPapers } from "../../kit/posted-papers.ts";
import { serial } from "../../kit/serial-numbers.ts";
import { buildWorld, clerk, contract, type Persona, type World } from "../../world.ts";

const MERCHANT = "motcua-test";
const SECRET = "a secret of the tests, of 32 characters and more";
/** Extract copies of civil status: 8,000 dong for each copy; the form's example asks for two. */
export const COPIES = "2.000635";
export const COPIES_FEE = 16_000;
/** Permanent residence: 20,000 dong at the counter, 10,000 online; an officer of the police looks at every one. */
export const RESIDENCE = "1.004222";

export const aKey = () => `pay-${process.pid}-${serial("key")}`;

/** A world whose desk has an account at a payment provider. */
export type Paying = {
  readonly world: World;
  readonly provider: StandIn;
  submitted(procedure: string, channel?: string, waitMs?: number): Promise<DossierData>;
  /** The dossier with its payment and history. */
  read(code: string, who?: Persona): Promise<DossierData>;
  /** Polls until the payment satisfies `wanted`. */
  paymentThatIs(code: string, wanted: (payment: DossierData, dossier: DossierData) => boolean): Promise<DossierData>;
  /** Pays or reverses an order at the provider, as on its page. */
  atProvider(action: "pay" | "reverse", payment: DossierData, notice?: string, amountVnd?: number): Promise<void>;
  /** Sends a notice to the desk, signed as given. */
  notify(notice: object, signing?: { secret?: string; at?: number; header?: string }): Promise<Response>;
  record(dossier: string, input: object, idempotencyKey?: string, who?: Persona): Promise<DossierData>;
};

const DOSSIER = `query ($code: ID!) { dossier(code: $code) { id code state nationalStatus feesVnd dueAt dueAtExplanation { rule text textEn }
  timeLedger { holder }
  payment { id state amountVnd lines { name amountVnd } payUrl payBy method paidAt receipt legalBasis refundVnd refundedVnd
    recordedBy { id name } refunds { id amountVnd at doneAt receipt } }
  parts { id state procedure { code } } history(first: 100) { nodes { state actor note } } } }`;
const RECORD = `mutation ($dossier: ID!, $input: PaymentRecordInput!, $idempotencyKey: String!) {
  recordPayment(dossier: $dossier, input: $input, idempotencyKey: $idempotencyKey) {
    dossier { code state payment { state amountVnd method receipt legalBasis refundedVnd recordedBy { id } } }
    problems { code path message messageEn } } }`;

export function paying(environment: NodeJS.ProcessEnv = {}): Paying {
  let world: World;
  let provider: StandIn;
  const callbackUrl = () => `http://127.0.0.1:${world.agencies.ports["one-stop"]}${CALLBACK_PATH}`;
  beforeAll(async () => {
    provider = await servePaymentProvider({ port: 0, merchant: MERCHANT, secret: SECRET, callbackUrl });
    const account = { PAYMENT_PROVIDER_URL: provider.url, PAYMENT_MERCHANT: MERCHANT, PAYMENT_SECRET: SECRET };
    world = await buildWorld({ "one-stop": { ...shortBackoff["one-stop"], ...account, ...environment } });
  });
  afterAll(async () => {
    await provider?.close();
    await world?.close();
  });
  const kit: Paying = {
    get world() {
      return world;
    },
    get provider() {
      return provider;
    },
    async submitted(procedure, channel = "ONLINE", waitMs = 10_000) {
      const input = {
        ...{ procedure, office: "31471", channel },
        form: procedure === RESIDENCE ? aMove() : procedureForm(procedure).example,
        papers: postedPapers(procedure),
        declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
        handover: { method: "DESK" },
      };
      const variables = { input, idempotencyKey: aKey(), waitMs };
      const { data, errors } = await world.ask(clerk, contract("submit-dossier"), variables);
      if (!data?.submitDossier?.dossier) throw new Error(JSON.stringify(errors ?? data));
      return kit.read(data.submitDossier.dossier.code);
    },
    async read(code, who = clerk) {
      const { data, errors } = await world.ask(who, DOSSIER, { code });
      if (!data?.dossier) throw new Error(JSON.stringify(errors));
      return data.dossier;
    },
    async paymentThatIs(code, wanted) {
      for (const deadline = Date.now() + 20_000; ; ) {
        const dossier = await kit.read(code);
        if (wanted(dossier.payment, dossier)) return dossier;
        if (Date.now() > deadline) throw new Error(`It did not come to that: ${JSON.stringify(dossier)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async atProvider(action, { id }, notice = "SENT", amountVnd) {
      const query = new URLSearchParams({ notice, ...(amountVnd !== undefined && { amountVnd: String(amountVnd) }) });
      const response = await fetch(`${provider.url}/${action}/${id}?${query}`, { method: "POST", redirect: "manual" });
      expect(response.status).toBe(303);
    },
    notify(notice, { secret = SECRET, at = Date.now(), header } = {}) {
      const body = JSON.stringify({ merchant: MERCHANT, kind: "PAID", ...notice });
      const headers = {
        "content-type": "application/json",
        [SIGNATURE_HEADER]: header ?? signMessage(secret, body, at),
      };
      return fetch(callbackUrl(), { method: "POST", headers, body });
    },
    async record(dossier, input, idempotencyKey = aKey(), who = clerk) {
      const { data, errors } = await world.ask(who, RECORD, { dossier, input, idempotencyKey });
      return data?.recordPayment ?? { errors };
    },
  };
  return kit;
}

/** States of the history's entries that are about payments. */
export function paymentEntries(dossier: DossierData): string[] {
  const states = ["PENDING", "PAID", "WAIVED", "REFUND_DUE", "REFUNDED", "REVERSED"];
  return dossier.history.nodes.map(({ state }: DossierData) => state).filter((state: string) => states.includes(state));
}

export const isPaid = ({ state }: DossierData, dossier: DossierData) =>
  state === "PAID" && dossier.state !== "AWAITING_PAYMENT";
