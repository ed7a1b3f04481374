import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { applyAct } from "../casework/acts.ts";
import { dossierOf } from "../casework/citizen-acts.ts";
import type { OneStopContext } from "../loaders.ts";
import { awaitsConfirmation } from "../saga/decide-certificate.ts";
import type { SagaEvent } from "../saga/state.ts";
import { draftNotAwaited, remarkMissing } from "./problems.ts";

const LONGEST_REMARK = 1_000;

/** Confirms the draft certificate of a dossier; its work begins. */
export function confirmDraft(ctx: OneStopContext, code: string, idempotencyKey: string): Promise<Problem | null> {
  return answerDraft(ctx, code, { kind: "CERTIFICATE_CONFIRMED" }, idempotencyKey);
}

/** Disputes the draft certificate of a dossier: an officer of civil status decides the registration. */
export async function disputeDraft(
  ctx: OneStopContext,
  code: string,
  remark: string,
  idempotencyKey: string,
): Promise<Problem | null> {
  const text = remark.normalize("NFC").trim();
  if (text === "" || [...text].length > LONGEST_REMARK) {
    await dossierOf(ctx, code);
    return ownProblem(["remark"], remarkMissing());
  }
  return answerDraft(ctx, code, { kind: "CERTIFICATE_DISPUTED", remark: text }, idempotencyKey);
}

async function answerDraft(
  ctx: OneStopContext,
  code: string,
  event: Extract<SagaEvent, { kind: "CERTIFICATE_CONFIRMED" | "CERTIFICATE_EXPIRED" | "CERTIFICATE_DISPUTED" }>,
  idempotencyKey: string,
): Promise<Problem | null> {
  const { id } = await dossierOf(ctx, code);
  const kind = event.kind === "CERTIFICATE_DISPUTED" ? "DISPUTE" : "CONFIRM";
  const act = { kind, idempotencyKey, body: { code, ...event }, dossierId: id, stepId: null } as const;
  return applyAct(ctx, act, ({ state, certificate }) =>
    awaitsConfirmation({ dossier: state, certificate: certificate?.state ?? null })
      ? { events: [event] }
      : { problem: ownProblem(["dossier"], draftNotAwaited()) },
  );
}
