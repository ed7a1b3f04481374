import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { aDeath, aPerson } from "../civil-status/civil-acts.ts";
import { aBirth } from "../civil-status/civil-status-database.ts";
import type { ServedAgency } from "../health-insurance/served-agency.ts";
import { everyGrantIsEnteredAgain, grantedPart } from "../kit/entered-again.ts";

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

const aBirthPart = () => ({ procedure: "1.001193", content: aBirth() });

everyGrantIsEnteredAgain(definition, {
  "the first birth of a book": aBirthPart,
  "a birth after others": after(aBirthPart),
  "the notice of a personal number": async (agency) => {
    const { citizenId } = await grantedPart(agency, definition, aBirthPart());
    return { procedure: "personal-number-notice", content: { citizenId, personalId: "092226900001" } };
  },
  "the first death of a book": aDeathPart,
  "a death after others": after(aDeathPart),
  "a marriage": after(aMarriagePart),
  "the confirmation of a man's status": after(() => aConfirmationPart("husband")),
  "the confirmation of a woman's status": after(() => aConfirmationPart("wife")),
  "the confirmation of a status by itself": after(() => ({
    procedure: "1.004873",
    content: { person: aPerson("FEMALE"), ...NEVER, purpose: "Để vay vốn", period: null },
  })),
});

/** The second of two parts, so that it has not the first number of its book. */
function after(part: () => { procedure: string; content: object }) {
  return async (agency: ServedAgency) => {
    await grantedPart(agency, definition, part());
    return part();
  };
}
