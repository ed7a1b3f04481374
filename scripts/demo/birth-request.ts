import type { FamilyInput } from "../../subgraphs/_shared/demo/population.ts";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";

/** A synthetic care facility, as `GET /dev/care-facilities` shows it. */
export type Facility = { code: string; name: string };
export type BirthRequest = ReturnType<typeof freshBirthRequest>;

// Names in use for either sex, as in the sample request: middle name and given name.
const CHILD_NAMES = {
  MALE: ["Minh Khôi", "Gia Bảo", "Đức Anh", "Hoàng Phúc", "Quốc Khánh", "Thiên Ân"],
  FEMALE: ["Bảo Ngọc", "Minh Châu", "Thùy Dương", "Khánh Linh", "An Nhiên", "Ngọc Hân"],
} as const;
const NOTICES = 100_000;

/**
 * The variables of SubmitBirthBundle for a child born on `day` to a seeded couple, with a birth notice and an idempotency
 * key that nobody has used (`random` gives numbers from 0 up to, but not, 1). `waitMs`: see the contract.
 */
export function freshBirthRequest(
  family: FamilyInput,
  facility: Facility,
  { day, random, key, waitMs }: { day: LegalDay; random: () => number; key: string; waitMs: number },
) {
  const { mother, father, household } = family;
  const { commune } = household.address;
  const sex = random() < 0.5 ? "MALE" : "FEMALE";
  const names = CHILD_NAMES[sex];
  const surname = father.fullName.split(" ")[0];
  const sequence = String(Math.floor(random() * NOTICES)).padStart(5, "0");
  return {
    idempotencyKey: key,
    waitMs,
    input: {
      office: commune,
      channel: "DESK",
      declarant: {
        fullName: mother.fullName,
        personalId: mother.personalId,
        relation: "MOTHER",
        phone: "0912345678",
        email: null,
      },
      child: {
        fullName: `${surname} ${names[Math.floor(random() * names.length)]}`,
        sex,
        dateOfBirth: day,
        placeOfBirth: { facilityName: facility.name, commune },
        ethnicity: father.ethnicity,
        nationality: "VNM",
        homeCommune: commune,
        birthNotice: `${sequence}.GCS.${facility.code}.${day.slice(2, 4)}`,
        multipleBirth: null as { order: number; of: number } | null,
      },
      mother,
      father,
      residence: { headPersonalId: household.headPersonalId, relationToHead: "CHILD", address: household.address },
      insurance: { facility: facility.code },
      handover: { method: "ELECTRONIC", paperCopies: 1 },
    },
  };
}
