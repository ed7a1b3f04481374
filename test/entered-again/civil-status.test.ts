import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { aDeath, aDivorce, aMarriage, aPerson, civilOfficer } from "../civil-status/civil-acts.ts";
import { aBirth } from "../civil-status/civil-status-database.ts";
import type { ServedAgency } from "../health-insurance/served-agency.ts";
import { everyGrantIsEnteredAgain, grantedPart, type Story } from "../kit/entered-again.ts";

const NEVER = { maritalStatus: "NEVER_MARRIED" };

function aDeathPart() {
  const { declarant, deceased, sex, diedOn, place, notice } = aDeath();
  const { residence: lastResidence, ...person } = deceased;
  const content = { declarant, deceased: { ...person, sex, lastResidence }, death: { diedOn, place, notice } };
  return { procedure: "1.000656", content };
}

const aMarriagePart = () => ({
  procedure: "1.000894",
  content: { husband: aPerson("MALE", NEVER), wife: aPerson("FEMALE", NEVER) },
});

const aConfirmationPart = (who: "husband" | "wife") => ({
  procedure: "1.004873",
  content: { [who]: aPerson(who === "wife" ? "FEMALE" : "MALE", NEVER), purpose: "Để đăng ký kết hôn" },
});

/** A man who has divorced today. */
async function aDivorcedMan(agency: ServedAgency) {
  const { done } = civilOfficer(() => agency);
  const { husband, ...marriage } = aMarriage();
  const { id } = await done("registerMarriage", { ...marriage, husband });
  await done("endMarriage", aDivorce(id));
  return { ...husband, maritalStatus: "DIVORCED" };
}

const aBirthPart = () => ({ procedure: "1.001193", content: aBirth() });

const stories: Record<string, Story> = {
  "the first birth of a book": aBirthPart,
  "a birth after others": after(aBirthPart),
  "the first death of a book": aDeathPart,
  "a death after others": after(aDeathPart),
  "a marriage": after(aMarriagePart),
  "the confirmation of a man's status": after(() => aConfirmationPart("husband")),
  "the confirmation of a woman's status": after(() => aConfirmationPart("wife")),
  "the confirmation of a status by itself": after(() => ({
    procedure: "1.004873",
    content: { person: aPerson("FEMALE"), ...NEVER, purpose: "Để vay vốn", period: null },
  })),
};

const following: Record<string, Story> = {
  "the notice of a personal number": async (agency) => {
    const { citizenId } = await grantedPart(agency, definition, aBirthPart());
    return { procedure: "personal-number-notice", content: { citizenId, personalId: "092226900001" } };
  },
  "a marriage after a divorce": async (agency) => ({
    procedure: "1.000894",
    content: { husband: await aDivorcedMan(agency), wife: aPerson("FEMALE", NEVER) },
  }),
  "the confirmation of a divorced man's status": async (agency) => ({
    procedure: "1.004873",
    content: { husband: await aDivorcedMan(agency), purpose: "Để đăng ký kết hôn" },
  }),
};

everyGrantIsEnteredAgain(definition, { ...stories, ...following }, { followsNothing: Object.keys(stories) });

/** The second of two parts, so that it has not the first number of its book. */
function after(part: () => { procedure: string; content: object }) {
  return async (agency: ServedAgency) => {
    await grantedPart(agency, definition, part());
    return part();
  };
}
