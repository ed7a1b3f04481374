import { countryId } from "../../_shared/demo/country/country-ids.ts";
import type { CountryCommune } from "../../_shared/demo/country/types.ts";
import { officeAgencyCode } from "../../_shared/reference/offices.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { codeOf } from "../acceptance/dossier-codes.ts";
import { storedEntries } from "../saga/stored-history.ts";
import { dossiers, history, requests, steps } from "../tables.ts";
import { applicationsOf } from "./applications.ts";
import { type GrantedDossier, grantedDossier } from "./granted-dossier.ts";

/** Ids that the dossiers of a commune may take: the first person's number times this is their beginning. */
const IDS_OF_A_PERSON = 8;
const OFFICER = { decidedBy: "seed:officer", decidedName: "Cán bộ Mẫu" };

/** Enters the dossiers of a commune of an invented country that were granted and returned. */
export async function enterCountry(tx: Tx, place: CountryCommune): Promise<void> {
  const made = dossiersOf(place);
  await insertMany(tx, dossiers, made.map(dossierRow));
  await insertMany(
    tx,
    requests,
    made.map(({ live, request }) => ({ dossierId: live.id, request })),
  );
  await insertMany(tx, steps, made.flatMap(stepRows));
  await insertMany(
    tx,
    history,
    made.flatMap(({ live, history: changes }) =>
      changes.map(({ at, entries }) => ({ dossierId: live.id, at, entries: storedEntries(entries) })),
    ),
  );
}

function dossiersOf(place: CountryCommune): GrantedDossier[] {
  const { country, commune } = place;
  const agencyCode = officeAgencyCode(commune.code);
  const codes = new Map<string, number>();
  return applicationsOf(place).flatMap((application) => {
    const day = application.grantedOn;
    const number = (codes.get(day) ?? 0) + 1;
    codes.set(day, number);
    let ids =
      application.applicant.number * IDS_OF_A_PERSON + (application.agency === "BUSINESS" ? IDS_OF_A_PERSON / 2 : 0);
    const newId = () => countryId(country, "DOSSIER", ids++, day);
    return grantedDossier(application, { office: commune.code, code: codeOf(agencyCode, day, number), newId }) ?? [];
  });
}

function dossierRow({ opened: { row }, live, decidedAt, ended }: GrantedDossier): typeof dossiers.$inferInsert {
  const { state, outcome, dueAt, clock, holdings, marks, certificate } = live;
  return {
    ...{ ...row, state, outcome, dueAt, clock, holdings, marks, certificate },
    ...{ completedAt: decidedAt, updatedAt: decidedAt, deadlineAt: ended.deadlineAt },
  };
}

function stepRows({ opened, live }: GrantedDossier): (typeof steps.$inferInsert)[] {
  const at = (text: string | null) => (text === null ? null : new Date(text));
  return live.steps.map((step, ordinal) => ({
    ...{
      ...step,
      ...OFFICER,
      dossierId: live.id,
      office: live.office,
      ordinal,
      part: opened.steps[ordinal]?.part === true,
    },
    ...{ firstSentAt: at(step.firstSentAt), releasedAt: at(step.releasedAt), dueAt: at(step.dueAt) },
    ...{ completedAt: at(step.completedAt), nextAttemptAt: null, leaseUntil: null },
  }));
}
