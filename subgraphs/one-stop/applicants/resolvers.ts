import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { type CommonFacts, commonFacts } from "../acceptance/common-facts.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { Applicant, ApplicantAddress } from "./types.ts";

@Resolver(() => Dossier)
export class DossierApplicantResolver {
  @FieldResolver(() => Applicant, { nullable: true, description: "Person who submitted it (người nộp)." })
  applicant(
    @Root() { id, applicantName, applicantPersonalId, code }: DossierRow,
    @Ctx() ctx: OneStopContext,
  ): Applicant {
    ctx.access.read(applicantPersonalId ?? code, code);
    return { fullName: applicantName, dossierId: id };
  }
}

/** The dossier is checked, and the reading recorded, where the applicant is loaded. */
@Resolver(() => Applicant)
export class ApplicantResolver {
  @FieldResolver(() => String, { nullable: true })
  async phone(@Root() applicant: Applicant, @Ctx() ctx: OneStopContext): Promise<string | null> {
    return (await declarantOf(applicant, ctx)).phone;
  }

  @FieldResolver(() => String, { nullable: true })
  async email(@Root() applicant: Applicant, @Ctx() ctx: OneStopContext): Promise<string | null> {
    return (await declarantOf(applicant, ctx)).email;
  }

  @FieldResolver(() => ApplicantAddress, { nullable: true })
  async address(@Root() applicant: Applicant, @Ctx() ctx: OneStopContext): Promise<ApplicantAddress | null> {
    const { address } = await declarantOf(applicant, ctx);
    return address ? { line: address.line, commune: communeOf(address.commune) } : null;
  }
}

async function declarantOf({ dossierId }: Applicant, { loaders }: OneStopContext): Promise<CommonFacts["declarant"]> {
  return commonFacts(await loaders.requestByDossier.load(dossierId)).declarant;
}
