import { fault } from "../../../subgraphs/_shared/reference/identifiers/parsed.ts";
import type { SubmittableKind } from "../../../subgraphs/one-stop/acceptance/application.ts";
import { takeOffice } from "../../../subgraphs/one-stop/acceptance/input-values.ts";
import type { NameDayInput } from "./input.ts";

type NameDay = NameDayInput & { child: { citizenId: string; fullName: string } };

/** A bundle of the tests: a child gets its name at one agency, then its number at another. */
export const bundle: SubmittableKind<NameDayInput, NameDay> = {
  id: "name-day",
  versions: [
    {
      ...{ id: "name-day", version: 1, domain: "interlinked", regime: "name-day", validFrom: "2000-01-01" },
      ...{ code: "9.999999", name: "Ngày đặt tên", nameEn: "Name day", certainty: "sure" },
      groupWorkingDays: { plain: 1, verified: 2 },
      steps: [
        {
          ...{ key: "NAME", part: true, agency: "CIVIL_STATUS", procedure: "1.001193", dependsOn: [] },
          ...{ effect: "LEGAL_FACT", term: { quantity: 1, unit: "WORKING_DAY_SAME" }, feeVnd: 0 },
        },
        {
          ...{ key: "NUMBER", part: true, agency: "RESIDENCE", procedure: "personal-number", dependsOn: ["NAME"] },
          ...{ effect: "LEGAL_FACT", term: { quantity: 1, unit: "WORKING_DAY" }, feeVnd: 0, title: "Cấp số" },
        },
      ],
    },
  ],
  contentFor(step, { declarant, mother, child }, facts) {
    const named = { ...child, citizenId: facts.citizenId ?? null, personalId: facts.personalId ?? null };
    return step === "NAME" ? { declarant, child, mother, father: null } : { child: named, mother, father: null };
  },
  read(input, caller, _now, problems) {
    return { ...input, office: takeOffice(input.office, caller, problems) } as NameDay;
  },
  duplicateKeys: ({ child }) => [child.birthNotice],
  leftOut: () => [],
  application: ({ office, declarant, mother, child }) => ({
    ...{ office, channel: "DESK", subjectName: child.fullName, parties: [mother.personalId] },
    applicant: { fullName: declarant.fullName, personalId: declarant.personalId, phone: declarant.phone },
    handover: { method: "DESK", paperCopies: 1 },
  }),
  duplicate: {
    path: ["child"],
    codeOfAgency: "CHILD_ALREADY_REGISTERED",
    fault: () => fault("NAMED_ALREADY", "Trẻ đã được đặt tên", "The child has a name already"),
  },
};
