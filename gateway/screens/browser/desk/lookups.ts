import { language } from "../client/language.ts";
import type { Choice } from "../form/choice-list.ts";
import type { Lookup } from "../form/combobox.ts";
import type { FormSchema } from "../form/form-schema.ts";
import type { Desk } from "./desk.ts";
import lookupsDocument from "./documents/lookups.graphql";
import type { Storage } from "./storage.ts";

const COMMUNE_PATTERN = "^\\d{5}$";
const SHOWN = 8;
const FACT = "lookups";

type Commune = { code: string; name: string; province: { name: string } };
type Facility = { code: string; name: string };
type Lists = {
  ethnicGroups: { name: string; otherNames: string[] }[];
  nationalities: { code: string; name: string; nameEn: string }[];
  communes: Commune[];
  careFacilities: Facility[] | null;
};

const PROVINCE = `query ProvinceOfOffice($office: String) { communes(first: 1, search: $office) { province { code } } }`;
const COMMUNES = `query Communes($search: String) { communes(first: ${SHOWN}, search: $search) { code name province { name } } }`;
const FACILITIES = `query CareFacilities($search: String, $province: ID) {
  careFacilities(first: ${SHOWN}, search: $search, province: $province) { code name }
}`;

export type Lookups = Awaited<ReturnType<typeof openLookups>>;

/** Lookups of a form's fields by the graph; while the line is down, in the lists that were read last. */
export async function openLookups(desk: Desk, storage: Storage) {
  let lists = await storage.fact<Lists>(FACT);
  let province: string | undefined;

  /** Reads the lists anew, if the line is up. */
  async function read(): Promise<void> {
    const place = await desk.ask<{ communes: { province: { code: string } }[] }>(PROVINCE, { office: desk.office });
    province = place.data?.communes[0]?.province.code;
    const { data } = await desk.ask<Lists>(lookupsDocument, { province });
    if (!data?.ethnicGroups) return;
    lists = data;
    await storage.saveFact(FACT, data);
  }

  const communes: Lookup = async (text) => {
    const { data } = await desk.ask<{ communes: Commune[] }>(COMMUNES, { search: text });
    const label = ({ code, name, province }: Commune) => ({
      value: code,
      label: `${name}, ${province.name} (${code})`,
    });
    return data ? data.communes.map(label) : matching((lists?.communes ?? []).map(label), text);
  };
  const facilities =
    (choice: (each: Facility) => Choice): Lookup =>
    async (text) => {
      const { data } = await desk.ask<{ careFacilities: Facility[] | null }>(FACILITIES, {
        search: text,
        province,
      });
      return data?.careFacilities
        ? data.careFacilities.map(choice)
        : matching((lists?.careFacilities ?? []).map(choice), text);
    };
  const ethnicGroups: Lookup = async (text) =>
    matching(
      (lists?.ethnicGroups ?? []).map(({ name, otherNames }) => ({
        value: name,
        label: name,
        also: otherNames.join(" "),
      })),
      text,
    );
  const nationalities: Lookup = async (text) =>
    matching(
      (lists?.nationalities ?? []).map(({ code, name, nameEn }) => ({
        ...{ value: code, label: `${language === "en" ? nameEn : name} (${code})` },
        also: `${name} ${nameEn}`,
      })),
      text,
    );

  function lookupOf(name: string, schema: FormSchema): Lookup | undefined {
    if (schema.type !== "string" || schema.oneOf) return undefined;
    if (/commune$|office$/i.test(name) || schema.pattern === COMMUNE_PATTERN) return communes;
    if (name === "facilityName") return facilities((each) => ({ value: each.name, label: each.name }));
    if (/facility$/i.test(name))
      return facilities(({ code, name: title }) => ({ value: code, label: `${title} (${code})` }));
    if (/ethnicity$/i.test(name)) return ethnicGroups;
    return /nationality$|country$/i.test(name) ? nationalities : undefined;
  }

  return { lookupOf, read };
}

/** Choices whose words begin like the typed ones, without regard to diacritics. */
function matching(all: readonly (Choice & { also?: string })[], text: string): Choice[] {
  const wanted = folded(text);
  return all.filter(({ label, also = "" }) => ` ${folded(`${label} ${also}`)}`.includes(` ${wanted}`)).slice(0, SHOWN);
}

function folded(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[đĐ]/g, "d")
    .replaceAll(/[()]/g, " ")
    .toLowerCase()
    .trim();
}
