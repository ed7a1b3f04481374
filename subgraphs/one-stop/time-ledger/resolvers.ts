import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { timeLedger } from "./ledger.ts";
import { TimeLedgerEntry } from "./types.ts";

@Resolver(() => Dossier)
export class TimeLedgerResolver {
  @Directive("@listSize(assumedSize: 10)")
  @FieldResolver(() => [TimeLedgerEntry], {
    description: "In whose hands the dossier lay how long; the entries add up to the whole time (sổ thời gian).",
  })
  async timeLedger(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<TimeLedgerEntry[]> {
    const { office, rulesRevision, receivedAt, completedAt, holdings } = dossier;
    const { rules } = ctx.loaders.desk();
    await rules.reach(rulesRevision);
    const calendar = rules.at(rulesRevision).calendarAt({ agency: "ONE_STOP", office });
    const entries = timeLedger({ receivedAt, endedAt: completedAt, holdings }, calendar, ctx.now);
    return entries.map(({ agency, ...entry }) => ({ ...entry, agency: agency && agencyOf(agency) }));
  }
}
