import type { Hint } from "../../hints/hint.ts";
import type { BusinessStartRequest, NewBusinessForm } from "./business-start-request.ts";
import {
  LICENCE_PROCEDURES,
  type LicenceFacts,
  type LicencesOfLines,
  TRADE_LICENCES,
  type TradeLicence,
  tradeLicences,
} from "./trade-licences.ts";

/** Procedure that issues a licence to a business of this form; null where the catalogue has none. */
export function licenceProcedure(licence: TradeLicence, form: NewBusinessForm): string | null {
  const found = LICENCE_PROCEDURES[licence];
  return (form === "HOUSEHOLD" ? found?.household : found?.enterprise) ?? null;
}

/** Licences of some lines for which the catalogue has a procedure, each once. */
export function obtainableLicences(lines: readonly string[], table: LicencesOfLines): TradeLicence[] {
  const needed = new Set(lines.flatMap((line) => table[line] ?? []));
  return tradeLicences.filter((licence) => needed.has(licence) && LICENCE_PROCEDURES[licence]);
}

/** Hints at the licences of each line of business: what the request includes, and what to ask for elsewhere. */
export function licenceHints({ business, licences }: BusinessStartRequest, table: LicencesOfLines): Hint[] {
  return business.lines.flatMap((line, index) =>
    (table[line] ?? []).map((licence): Hint => {
      const { vi, en, legalBasis, ask }: LicenceFacts = TRADE_LICENCES[licence];
      const procedure = licenceProcedure(licence, business.form);
      return {
        ...{ kind: "LICENCE", code: licence, procedure, path: ["business", "lines", String(index)] },
        message: ask ? `${vi}: ${ask[0]}` : vi,
        messageEn: ask ? `${en}: ${ask[1]}` : en,
        rule: `Ngành ${line} có thể cần giấy phép này, tùy hàng hóa, dịch vụ thực tế`,
        ruleEn: `Line of business ${line} may need it, depending on the goods or services`,
        ...{ legalBasis, certainty: "unsure", included: procedure !== null && (licences ?? []).includes(licence) },
      };
    }),
  );
}
