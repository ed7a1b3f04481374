import * as z from "zod";
import { grantedBefore, legalDay } from "../../_shared/parts/content.ts";

// the desk has checked forms and normalized texts; these schemas require only the fields that this agency needs
const text = z.string();
const share = z.object({ numerator: z.int(), denominator: z.int() });
const person = z.object({ fullName: text, personalId: text });

/** Content of the registration within the land-transfer bundle. */
export const bundleContent = z.object({
  contract: z.object({ kind: z.enum(["TRANSFER", "GIFT", "INHERITANCE"]), number: text, signedOn: legalDay }),
  land: z.object({ certificate: text, parcel: text }),
  from: z.array(z.object({ ...person.shape, share: share.nullish() })),
  to: z.array(z.object({ ...person.shape, share })),
  grantedBefore: grantedBefore({}),
});

/** Form of 1.013831: one person gives all that he or she holds to another. */
export const formContent = z.object({
  transferor: person,
  transferee: person,
  certificate: text,
  parcel: z.object({ commune: text, sheet: z.number(), number: z.number(), areaM2: z.number() }),
  case: z.enum(["SALE", "INHERITANCE", "GIFT", "EXCHANGE", "CONTRIBUTION", "LEASE"]),
  contractDate: text,
  grantedBefore: grantedBefore({}),
});

export type BundleContent = z.infer<typeof bundleContent>;
export type FormContent = z.infer<typeof formContent>;

const land = z.object({ certificate: text, parcel: text });

/** Obligations that an officer stated. */
const statedPayable = z.object({ lines: z.array(z.object({ id: z.uuid() })) });

/** Ids of the obligations in the fact `payable`; undefined for another text. */
export function obligationsOf(payable: string): string[] | undefined {
  try {
    return statedPayable.parse(JSON.parse(payable)).lines.map(({ id }) => id);
  } catch {
    return undefined;
  }
}

/** Content of the stage at which an officer states the financial obligations. */
export const obligationContent = z.object({
  land,
  grantedBefore: grantedBefore({ payable: text.refine(obligationsOf) }),
});

/** Content of the stage after the payment. `payable` are the obligations that the officer stated. */
export const settlementContent = z.object({
  land,
  payable: statedPayable.nullable(),
  payment: z.object({ state: text, amountVnd: z.int(), receipt: text.nullable() }).nullable(),
  grantedBefore: grantedBefore({}),
});

/** Content of the issue of the certificate. */
export const certificateContent = z.object({
  land,
  grantedBefore: grantedBefore({ serial: text, bookNumber: text }),
});
