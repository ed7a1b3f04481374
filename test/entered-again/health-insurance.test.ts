import { families } from "../../subgraphs/_shared/demo/population.ts";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { THERE } from "../health-insurance/card-acts.ts";
import { everyGrantIsEnteredAgain, type Story } from "../kit/entered-again.ts";

const TODAY = legalDayOf(new Date());
/** Persons of the seeded population, whose cards the register has. */
const [closed, changed, corrected] = families()
  .slice(120, 123)
  .map(({ mother }) => mother);

const stories: Record<string, Story> = {
  "the card of a child": () => ({
    procedure: "1.014137",
    content: {
      child: { personalId: "093226850001", fullName: "Phạm Mẫu Thử", dateOfBirth: addDays(TODAY, -10) },
      ...{ mother: { personalId: "093195860001" }, father: null, insurance: { facility: "93012" } },
    },
  }),
  "the closing of a card": () => ({
    procedure: "1.002759",
    content: { deceased: closed, death: { diedOn: addDays(TODAY, -3) } },
  }),
  "a correction of the holder": () => ({
    procedure: "1.002759",
    content: { insured: corrected, corrected: { ...corrected, fullName: "Lê Thị Mẫu Khác" } },
  }),
  "another facility of first care": async ({ sql }) => {
    await sql`update facility_change_rules set months = '{1,2,3,4,5,6,7,8,9,10,11,12}', days = 31`;
    return { procedure: "1.002759", content: { insured: changed, facility: THERE, reason: "REQUEST" } };
  },
};

everyGrantIsEnteredAgain(definition, stories, { followsNothing: ["the card of a child"] });
