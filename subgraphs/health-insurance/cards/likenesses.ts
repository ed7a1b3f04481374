import { and, eq, ne, or, sql } from "drizzle-orm";
import type { ComparedFact, Likeness } from "../../_shared/parts/likeness.ts";
import { soundOf } from "../../_shared/reference/name-likeness.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import { lockLikenessKeys } from "../../_shared/registers/likeness-lock.ts";
import { areLikePersons, type ComparedPerson, mayBeTwins } from "../../_shared/registers/person-likeness.ts";
import { hasOneOf } from "../../_shared/registers/personal-numbers.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { cards, cardVersions } from "../tables.ts";
import { CARD_LIKENESS_RULES } from "./likeness-rules.ts";

/** Holder of a new card. `comparedDossiers` are those whose children an officer of civil status has already compared. */
export type NewHolder = ComparedPerson & {
  personalId: string | null;
  facility: string;
  isOfMultipleBirth: boolean;
  comparedDossiers: readonly string[];
};

type Holder = ComparedPerson & { id: string; dossier: string | null; number: string; facility: string };

/** Cards of persons who may be the same, each with the first rule that applies. */
export async function cardsLike(tx: Tx, here: NewHolder): Promise<Likeness[]> {
  const sound = soundOf(here.fullName);
  const keys = [...here.parents, `${sound}|${here.dateOfBirth}`];
  const [, found] = await Promise.all([lockLikenessKeys(tx, keys), candidates(tx, here, sound)]);
  return found.flatMap((there) => likenessTo(here, there) ?? []);
}

function likenessTo(here: NewHolder, there: Holder): Likeness | null {
  if (here.isOfMultipleBirth && mayBeTwins(here, there)) return null;
  if (there.dossier !== null && here.comparedDossiers.includes(there.dossier)) return null;
  const found = CARD_LIKENESS_RULES.find((rule) => areLikePersons(rule, here, there));
  if (!found) return null;
  const { rule, text, textEn } = found;
  const { id, dossier } = there;
  return { id, type: "HealthInsuranceCard", rule, text, textEn, dossier, facts: facts(here, there) };
}

/** Cards of children of a common parent, or of holders of the same name by sound and the same date of birth. */
async function candidates(tx: Tx, { personalId, parents, dateOfBirth }: NewHolder, sound: string): Promise<Holder[]> {
  const rows = await tx
    .select({
      id: cards.id,
      dossier: cards.dossier,
      number: cards.number,
      parents: cards.guardians,
      fullName: cardVersions.holderName,
      dateOfBirth: cardVersions.holderDateOfBirth,
      facility: cardVersions.facilityCode,
    })
    .from(cards)
    .innerJoin(cardVersions, eq(cardVersions.cardId, cards.id))
    .where(
      and(
        latestVersion(cardVersions.version, cardVersions.cardId, cards.id),
        personalId === null ? undefined : ne(cards.personalId, personalId),
        or(
          parents.length > 0 ? hasOneOf(cards.guardians, parents) : undefined,
          sql`${cards.id} in (select ${cardVersions.cardId} from ${cardVersions}
            where ${cardVersions.holderDateOfBirth} = ${dateOfBirth} and ${cardVersions.holderSound} = ${sound})`,
        ),
      ),
    );
  return rows.flatMap(({ fullName, dateOfBirth: born, ...row }) =>
    fullName === null || born === null ? [] : { ...row, fullName, dateOfBirth: born },
  );
}

function facts(here: NewHolder, there: Holder): ComparedFact[] {
  const rows: [string, string, string, string | null][] = [
    ["child.fullName", "Họ, chữ đệm, tên", here.fullName, there.fullName],
    ["child.dateOfBirth", "Ngày sinh", here.dateOfBirth, there.dateOfBirth],
    ["parents", "Số định danh của cha mẹ", here.parents.join(", "), there.parents.join(", ")],
    ["insurance.facility", "Nơi đăng ký khám chữa bệnh ban đầu", here.facility, there.facility],
    ["cardNumber", "Mã thẻ bảo hiểm y tế", "", there.number],
  ];
  return rows.map(([field, label, ours, theirs]) => ({ field, label, here: ours || null, there: theirs || null }));
}
