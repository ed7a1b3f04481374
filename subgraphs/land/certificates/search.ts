import { and, desc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { parseLegalDay } from "../../_shared/reference/days.ts";
import { parseLandCertificateSerial } from "../../_shared/reference/identifiers/land-certificate.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { haveWords, searchedText } from "../../_shared/registers/name-search.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { LandContext } from "../loaders.ts";
import { parseParcelCode } from "../parcels/parcel-code.ts";
import { certificateHolders, certificateVersions, liveCertificates, liveParcels, parcelVersions } from "../tables.ts";
import type { LandCertificateFilter } from "./input.ts";
import { certificateColumns, certificateOf, parcelInForce, versionInForce } from "./loaders.ts";
import type { LandCertificateConnection } from "./types.ts";

const dayCursor = z.tuple([z.string().refine((day) => parseLegalDay(day).ok), z.string()]);

/** A page of the certificates in force that match, the last issued first. */
export async function searchCertificates(
  ctx: LandContext,
  { search, commune, issuedFrom, issuedTo, bookNumber }: LandCertificateFilter,
  first: number,
  after: string | null,
): Promise<LandCertificateConnection> {
  const size = pageSize(first);
  const rows = await ctx.db
    .select({ ...certificateColumns, holders: holderNumbers })
    .from(liveCertificates)
    .innerJoin(certificateVersions, versionInForce)
    .innerJoin(liveParcels, eq(liveParcels.parcelId, liveCertificates.parcelId))
    .innerJoin(parcelVersions, parcelInForce)
    .where(
      and(
        matchesSearch(search),
        commune ? eq(liveParcels.communeCode, commune) : undefined,
        issuedFrom ? gte(liveCertificates.issuedOn, issuedFrom) : undefined,
        issuedTo ? lte(liveCertificates.issuedOn, issuedTo) : undefined,
        bookNumber ? eq(certificateVersions.bookNumber, bookNumber) : undefined,
        after ? beyond(decodeCursor(after, dayCursor)) : undefined,
      ),
    )
    .orderBy(desc(liveCertificates.issuedOn), desc(liveCertificates.serial))
    .limit(size + 1);
  for (const { holders } of rows.slice(0, size)) for (const holder of holders) ctx.access.read(holder);
  return pageOf(
    rows.map(({ holders: _, ...row }) => certificateOf(row)),
    size,
    ({ issuedOn, serial }) => [issuedOn, serial],
  );
}

/** Personal numbers of the holders, for the access log. */
const holderNumbers = sql<string[]>`(
  select json_agg(${certificateHolders.personalId}) from ${certificateHolders}
   where ${certificateHolders.certificateId} = ${liveCertificates.certificateId}
     and ${certificateHolders.version} = ${liveCertificates.version})`;

/**
 * Condition for a search as officers do it: a serial, the code of a parcel, a holder's personal number, or words of a holder's name
 * without regard to diacritics.
 * @throws BAD_USER_INPUT for a text that is too long
 */
function matchesSearch(text: string | null | undefined): SQL | undefined {
  const wanted = searchedText(text);
  if (wanted === undefined) return undefined;
  const serial = parseLandCertificateSerial(wanted.toUpperCase());
  if (serial.ok) return eq(liveCertificates.serial, serial.value);
  const code = parseParcelCode(wanted.toLowerCase());
  if (code.ok) return eq(liveCertificates.parcelId, code.value);
  const personalId = parsePersonalId(wanted);
  if (personalId.ok) return heldBy(eq(certificateHolders.personalId, personalId.value));
  return heldBy(haveWords(certificateHolders.nameWords, wanted));
}

function heldBy(holder: SQL): SQL {
  return sql`exists (select from ${certificateHolders} where ${holder}
    and ${certificateHolders.certificateId} = ${liveCertificates.certificateId}
    and ${certificateHolders.version} = ${liveCertificates.version})`;
}

function beyond([issuedOn, serial]: readonly [string, string]): SQL {
  return sql`(${liveCertificates.issuedOn}, ${liveCertificates.serial}) < (${issuedOn}::date, ${serial})`;
}
