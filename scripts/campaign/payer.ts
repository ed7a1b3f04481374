import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import type { NoticeDelivery } from "../payment-provider/notices.ts";
import type { RunningSystem } from "../supervisor/system.ts";
import { openGraphClient, timed } from "./graph-client.ts";

/** Copies of an entry of civil status: a fee for each copy, paid before an officer works. */
const PAID_PROCEDURE = "2.000635";

/** Applicant whose dossiers cost a fee. Each act is repeated until it is answered. */
export type Payer = {
  /** Submits an online dossier and waits for its order. @returns its code, and the order's number at the provider */
  submit(key: string): Promise<{ code: string; order: string }>;
  /** Pays or reverses an order at the provider, which sends its notice as told. */
  atProvider(action: "pay" | "reverse", order: string, notice: NoticeDelivery): Promise<void>;
  withdraw(code: string, key: string): Promise<void>;
};

type Opened = { payment: { id: string; payUrl: string | null; state: string } | null };

/** @param until time (`performance.now()`) until which acts are repeated */
export function openPayer({ gatewayUrl, ports }: RunningSystem, office: string, until: () => number): Payer {
  const { ask, repeated } = openGraphClient(gatewayUrl, { persona: "clerk", commune: office }, until);

  async function opened(code: string): Promise<string> {
    const query = "query ($code: ID!) { dossier(code: $code) { payment { id payUrl state } } }";
    const { payment } = await ask<Opened>(query, { code });
    if (!payment?.payUrl) throw new Error("the provider has not opened the order yet");
    return payment.id;
  }

  return {
    async submit(key) {
      const declarant = { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" };
      const input = {
        ...{ procedure: PAID_PROCEDURE, office, channel: "ONLINE", form: procedureForm(PAID_PROCEDURE).example },
        ...{ declarant, papers: [], handover: { method: "DESK" } },
      };
      const query = `mutation ($input: DossierInput!, $key: String!) {
        submitDossier(input: $input, idempotencyKey: $key) { dossier { code } problems { code } } }`;
      type Submitted = { dossier: { code: string } | null; problems: { code: string }[] };
      const { dossier, problems } = await ask<Submitted>(query, { input, key });
      if (!dossier) throw new Error(problems.map(({ code }) => code).join(", "));
      return { code: dossier.code, order: await repeated(() => opened(dossier.code)) };
    },
    atProvider: (action, order, notice) =>
      repeated(async () => {
        const address = `http://127.0.0.1:${ports["payment-provider"]}/${action}/${order}?notice=${notice}`;
        const { status } = await fetch(address, { method: "POST", redirect: "manual", ...timed() });
        if (status !== 303 && status !== 409) throw new Error(`HTTP ${status}`); // 409: an earlier try has done it
      }),
    async withdraw(dossier, key) {
      const query = `mutation ($dossier: ID!, $key: String!) {
        withdrawDossier(dossier: $dossier, reason: "Không còn nhu cầu", idempotencyKey: $key) { problems { code } } }`;
      await ask(query, { dossier, key });
    },
  };
}
