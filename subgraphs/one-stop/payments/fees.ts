import type { Application } from "../acceptance/application.ts";
import type { DossierDefinition, StepDefinition } from "../definitions/definition.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import type { PublishedFee } from "../procedures/procedure-facts.ts";
import type { FeeLine } from "./payment.ts";

/**
 * Fees of a dossier's parts as published for its channel, in dong; empty for a free dossier. A fee for each copy is multiplied by the
 * copies that the form asks for. A clerk calculates fees for each page or person, and those that a provincial council sets.
 */
export function feesOf(
  { steps }: DossierDefinition,
  channel: Application["channel"],
  request: { form?: unknown },
): FeeLine[] {
  return steps.flatMap((step) => {
    if (!step.fees) return step.feeVnd > 0 ? [lineOf(step, nameOf(step), step.feeVnd)] : [];
    return ofChannel(step.fees, channel).flatMap((fee) => {
      const amountVnd = (fee.amountVnd ?? 0) * quantityOf(fee, request);
      return amountVnd > 0 ? [lineOf(step, fee.name, amountVnd)] : [];
    });
  });
}

/** First part with a fee that the clerk calculates; undefined where every fee is fixed. */
export function partWithCalculatedFee(
  { steps }: DossierDefinition,
  channel: Application["channel"],
): StepDefinition | undefined {
  const isCalculated = ({ amountVnd, per }: PublishedFee) => amountVnd === null || per === "PAGE" || per === "PERSON";
  return steps.find(({ fees = [] }) => ofChannel(fees, channel).some(isCalculated));
}

/** Name of a part's fee for which the catalogue has none. */
export function nameOf({ procedure, title }: StepDefinition): string {
  return `Phí, lệ phí: ${title ?? procedureOf(procedure)?.name ?? procedure}`;
}

function lineOf({ key }: StepDefinition, name: string, amountVnd: number): FeeLine {
  return { step: key, name, amountVnd };
}

function ofChannel(fees: readonly PublishedFee[], channel: Application["channel"]): readonly PublishedFee[] {
  return fees.filter((fee) => fee.channel === channel);
}

function quantityOf({ per }: PublishedFee, { form }: { form?: unknown }): number {
  if (per === undefined) return 1;
  if (per !== "COPY" || typeof form !== "object" || form === null || !("copies" in form)) return 0;
  return Math.max(0, Math.trunc(Number(form.copies)) || 0);
}
