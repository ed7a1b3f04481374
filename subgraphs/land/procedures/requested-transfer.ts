import type { TransferRequest } from "../certificates/transfer.ts";
import type { BundleContent, FormContent } from "./contents.ts";

/** Place and area of a parcel as a form states them. */
export type StatedPlace = FormContent["parcel"];

/** A transfer as a dossier requests it, whatever its form. */
export type RequestedTransfer = TransferRequest & {
  /** Null for a case that the register has no act for, such as a lease. */
  kind: BundleContent["contract"]["kind"] | null;
  certificate: string;
  /** Code of the parcel, where the form states it. */
  parcel: string | null;
  place: StatedPlace | null;
  signedOn: string;
  /** Path into the content for a path into this request. */
  pathOf(path: readonly string[]): string[];
};

const WHOLE = { numerator: 1, denominator: 1 };

const KINDS: Record<FormContent["case"], RequestedTransfer["kind"]> = {
  ...{ SALE: "TRANSFER", INHERITANCE: "INHERITANCE", GIFT: "GIFT" },
  ...{ EXCHANGE: null, CONTRIBUTION: null, LEASE: null },
};

/** @param held what the transferor of a form holds */
export function requestedTransfer(content: BundleContent | FormContent, held = WHOLE): RequestedTransfer {
  return "land" in content ? ofBundle(content) : ofForm(content, held);
}

function ofBundle({ contract, land, from, to }: BundleContent): RequestedTransfer {
  return {
    ...{ from, to, kind: contract.kind, signedOn: contract.signedOn, place: null, ...land },
    pathOf([first = "", ...rest]) {
      if (first === "signedOn") return ["contract", first];
      return first === "from" || first === "to" ? [first, ...rest] : ["land", first, ...rest];
    },
  };
}

function ofForm(form: FormContent, held: typeof WHOLE): RequestedTransfer {
  return {
    ...{ from: [form.transferor], to: [{ ...form.transferee, share: held }], kind: KINDS[form.case] },
    ...{ certificate: form.certificate, parcel: null, place: form.parcel, signedOn: form.contractDate },
    pathOf([first = "", _index, ...rest]) {
      if (first === "signedOn") return ["contractDate"];
      if (first === "from") return ["transferor", ...rest];
      return first === "to" ? ["transferee", ...rest] : [first];
    },
  };
}
