import { commune } from "../../_shared/reference/communes.ts";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { type Parsed, parseByPattern } from "../../_shared/reference/identifiers/parsed.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { readHolders } from "../certificates/holders.ts";
import { inCommonTerms } from "../certificates/shares.ts";
import { communeUnknown, purposeMalformed, sharesNotWhole } from "../errors.ts";
import type { LandContext } from "../loaders.ts";
import type { LandRegistrationInput } from "./input.ts";
import { enterParcel, readNewParcel } from "./new-parcels.ts";

/** Registers a parcel for the first time, with its certificate and holders. */
export function registerLand(
  ctx: LandContext,
  input: LandRegistrationInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "REGISTRATION" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => register(tx, act, input, problems));
}

async function register(tx: Tx, act: Act, input: LandRegistrationInput, problems: Problems): Promise<Performed> {
  const communeCode = commune(input.commune)?.code;
  if (!communeCode) problems.add(["commune"], communeUnknown());
  const purpose = problems.take(["purpose"], parsePurpose(input.purpose));
  const termEndsOn = input.termEndsOn ? problems.take(["termEndsOn"], parseLegalDay(input.termEndsOn)) : null;
  const holders = readHolders(input.holders, ["holders"], problems);
  const isReadable = holders.length === input.holders.length && holders.length > 0;
  if (isReadable && !inCommonTerms(holders.map(({ share }) => share))) problems.add(["holders"], sharesNotWhole());
  const parcel = await readNewParcel(tx, input.parcel, { communeCode, ending: [] }, ["parcel"], problems);
  if (!parcel || !communeCode || !purpose || problems.found.length > 0) return undefined;
  const use = { communeCode, purpose, termEndsOn: termEndsOn as LegalDay | null, holders };
  await enterParcel(tx, act, parcel, use, []);
  const citizens = holders.map(({ personalId }) => personalId);
  return { parcels: [parcel.code], citizens, changed: ["parcels.*", "certificates.*", "certificate_holders.*"] };
}

/** Code of a purpose of use (mã loại đất): three capital letters. Fault: PURPOSE_MALFORMED. */
export function parsePurpose(raw: string): Parsed<string> {
  return parseByPattern<string>(raw, /^[A-Z]{3}$/, purposeMalformed());
}
