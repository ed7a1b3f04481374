import type { CountryCommune } from "../../subgraphs/_shared/demo/country/types.ts";
import { allCommunes } from "../../subgraphs/_shared/reference/communes.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";

const VIETNAMESE = { ethnicity: "Kinh", nationality: "VNM" };
const PERSON = { personalId: null, fullName: "Trần Văn Mẫu", ...VIETNAMESE };

/** Records of forms that the invented country lacks, whole, as an export has them. */
export function recordsOfRareForms(agency: SubgraphName, places: readonly CountryCommune[]): object[] {
  if (agency === "civil-status") return civilStatusRecords(communeOutside(places));
  if (agency === "residence") return residenceRecords(places);
  if (agency === "health-insurance") return healthInsuranceRecords(communeOutside(places));
  return [];
}

/** A commune whose books and facilities the country does not use. */
function communeOutside(places: readonly CountryCommune[]): string {
  const used = new Set(places.map(({ commune }) => commune.code));
  return allCommunes().find(({ code }) => !used.has(code))?.code ?? "";
}

/** A twin who was born abroad to a single mother, a marriage that was divorced, and a death of which the day is not known. */
function civilStatusRecords(office: string): object[] {
  const mother = { ...PERSON, fullName: "Lê Thị Mẫu", dateOfBirth: "1975" };
  const husband = { ...PERSON, dateOfBirth: "1980-03", residence: { line: "Số 1", commune: office } };
  const wife = { ...mother, residence: null };
  const registered = { office, kind: "REGISTERED", formerRegistration: null };
  return [
    {
      ...{
        record: "BIRTH",
        number: "1/2001",
        office,
        registeredOn: "2001-04-05",
        ...PERSON,
        dateOfBirth: "2001-03-04",
      },
      ...{ citizenId: "3f0c8f7e-6a52-7e11-8c3d-000000000001", sex: "MALE", birthNotice: null },
      ...{ birthOrder: 2, multipleOf: 2, birthCommune: null, birthCountry: "FRA", homeCommune: null },
      ...{ facilityName: "Bệnh viện mẫu, Paris", mother, father: null },
      declarant: { fullName: "Lê Thị Mẫu", personalId: null, relation: "MOTHER" },
      withoutNotice: { kind: "FOREIGN_CERTIFICATE", text: "Giấy khai sinh mẫu" },
    },
    {
      ...{ record: "MARRIAGE", number: "1/2005", ...registered, registeredOn: "2005-06-07", marriedOn: "2005-06-07" },
      ...{
        husband,
        wife,
        end: { cause: "DIVORCE", endedOn: "2009-01-02", decision: "1/2009, mẫu", notedOn: "2009-02-03" },
      },
    },
    {
      ...{
        record: "DEATH",
        number: "1/2010",
        ...registered,
        registeredOn: "2010-06-07",
        deceased: husband,
        sex: "MALE",
      },
      ...{ diedOn: "2010-05", diedAt: null, place: { line: "Nhà riêng", commune: null }, cause: "Bệnh", notice: null },
      ...{ withoutNotice: "Văn bản mẫu", declarant: { fullName: "Lê Thị Mẫu", personalId: null, relation: "Vợ" } },
    },
  ];
}

/** A person of whom only the year of birth is known, and a person's stays: one that is over and one in force. */
function residenceRecords(places: readonly CountryCommune[]): object[] {
  const [home] = places.toSorted((one, other) => (one.commune.code < other.commune.code ? -1 : 1));
  const guest = home?.households[0]?.members[0]?.person.personalId;
  const stay = { record: "TEMPORARY_RESIDENCE", personalId: guest, addressLine: "Khu trọ mẫu" };
  const others = places.filter((place) => place !== home);
  const [first, second] = others.map(({ commune }) => ({ ...stay, commune: commune.code }));
  return [
    {
      ...{ record: "PERSON", ...PERSON, personalId: "001050999999", citizenId: "3f0c8f7e-6a52-7e11-8c3d-000000000002" },
      ...{ dateOfBirth: "1950", sex: "MALE", motherPersonalId: null, fatherPersonalId: null },
    },
    { ...first, startsOn: "2023-01-01", endsOn: "2024-12-31" },
    { ...first, startsOn: "2026-01-01", endsOn: "2027-06-30" },
    { ...second, startsOn: "2026-01-01", endsOn: "2026-12-31" },
  ];
}

/** A child's closed card with the numbers of both parents, at a facility that the sample lacks. */
function healthInsuranceRecords(commune: string): object[] {
  return [
    { record: "FACILITY", code: "99999", name: "Trạm Y tế mẫu", commune },
    {
      ...{
        record: "CARD",
        number: "TE1929199999998",
        personalId: "001220999999",
        guardians: ["001085999999", "001185999999"],
      },
      ...{ holderName: null, holderDateOfBirth: null, facility: "99999" },
      ...{ validFrom: "2020-01-02", validTo: "2022-03-04", closedOn: "2022-03-04" },
    },
  ];
}
