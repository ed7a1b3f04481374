import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { aHousehold, anEnterprise, aPerson, aTaxCode, businessOfficer, COMMUNE } from "../business/business-acts.ts";
import type { ServedAgency } from "../health-insurance/served-agency.ts";
import { everyGrantIsEnteredAgain, type GrantedPart, grantedPart, type Story } from "../kit/entered-again.ts";
import { serial } from "../kit/serial-numbers.ts";

const TODAY = legalDayOf(new Date());
const ENTERPRISES = ["2.001610", "2.001583", "2.001199", "2.002043"];
const LICENCES = ["2.000117", "2.001827", "1.014230", "3.000243", "2.001478", "2.000648", "1.001029"];

const named = ({ fullName, personalId } = aPerson("OWNER")) => ({ fullName, personalId });
const registered = () => ({
  ...{ name: `Cơ sở Mẫu ${serial("again")}`, address: { line: "Số 2, ấp Mẫu", commune: COMMUNE } },
  ...{ sectors: ["5610"], capital: 50_000_000 },
});
const of = async (agency: ServedAgency) => {
  const owner = aPerson("OWNER");
  const code = await businessOfficer(() => agency).done("registerHouseholdBusiness", aHousehold({ people: [owner] }));
  return { code, owner: named(owner) };
};
const suspension = (household: object, request: string): GrantedPart => ({
  procedure: "1.001570",
  content: { ...household, request, from: addDays(TODAY, 1), until: addDays(TODAY, 30) },
});

const registrations: Record<string, Story> = {
  "the registration of a household business": () => ({
    procedure: "1.001612",
    content: { ...registered(), owner: named(), members: [named()] },
  }),
  ...Object.fromEntries(
    ENTERPRISES.map((procedure) => [
      `the registration of an enterprise by ${procedure}`,
      () => ({ procedure, content: { ...registered(), code: aTaxCode(), people: [aPerson("REPRESENTATIVE")] } }),
    ]),
  ),
};

const stories: Record<string, Story> = {
  "the registration of a household business that had ended": async (agency) => {
    const household = await of(agency);
    const end = { procedure: "1.001266", content: { ...household, endsOn: TODAY, taxState: "SETTLED" } };
    await grantedPart(agency, definition, end);
    return { procedure: "1.001612", content: { ...registered(), owner: household.owner, members: [named()] } };
  },
  "a new seat of a household business": async (agency) => ({
    procedure: "2.000720",
    content: { ...(await of(agency)), businessAddress: { line: "Số 9, đường Mẫu", commune: "00004" } },
  }),
  "changes of a household business": async (agency) => {
    const household = await of(agency);
    const changes = [{ field: "NAME", newValue: `Cơ sở Mẫu ${serial("again")}` }];
    return { procedure: "2.000720", content: { ...household, declarant: household.owner, changes } };
  },
  "a suspension": async (agency) => suspension(await of(agency), "SUSPEND"),
  "a resumption": async (agency) => {
    const household = await of(agency);
    await grantedPart(agency, definition, suspension(household, "SUSPEND"));
    return suspension(household, "RESUME");
  },
  "the end of a household business": async (agency) => ({
    procedure: "1.001266",
    content: { ...(await of(agency)), endsOn: TODAY, taxState: "SETTLED" },
  }),
  ...Object.fromEntries(
    LICENCES.map((procedure) => [
      `a licence by ${procedure}`,
      async (agency: ServedAgency) => ({
        ...{
          procedure,
          content: { code: await businessOfficer(() => agency).done("registerEnterprise", anEnterprise()) },
        },
        stated: { number: `${serial("again")}/2026/MẪU`, issuer: "Sở mẫu" },
      }),
    ]),
  ),
  "a licence whose number no officer states": async (agency) => ({
    procedure: "2.000117",
    content: { code: (await of(agency)).code },
  }),
};

everyGrantIsEnteredAgain(definition, { ...registrations, ...stories }, { followsNothing: Object.keys(registrations) });
