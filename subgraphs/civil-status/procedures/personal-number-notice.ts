import { eq } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { procedure } from "../../_shared/parts/procedure.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import { type CurrentBirth, currentBirth } from "../births.ts";
import { type NoticeContent, noticeContent } from "../contents.ts";
import { citizenUnknown, personalIdConflict } from "../errors.ts";
import { birthVersions, citizenNumbers } from "../tables.ts";

/**
 * The population register tells the number it issued to a child (thông báo số định danh cá nhân): a new version of the
 * birth. A step of the saga and no procedure of the catalogue; Law on Civil Status 60/2014, art. 14 (1) c.
 */
export const personalNumberNotice = procedure<NoticeContent, CurrentBirth | undefined>({
  procedure: "personal-number-notice",
  content: noticeContent,

  async examine(tx, { content }) {
    const { citizenId, personalId } = content;
    const [birth, [holder]] = await Promise.all([
      currentBirth(tx, citizenId),
      tx.select().from(citizenNumbers).where(eq(citizenNumbers.personalId, personalId)),
    ]);
    if (!birth) return { problems: [citizenUnknown()], verify: [], found: birth };
    const known = birth.version.personalId;
    const conflict = (known !== null && known !== personalId) || (holder && holder.citizenId !== citizenId);
    const newer = known === null ? newerFactProblems(content, [birth.version]) : []; // a number that is noted already stays as it is
    return { problems: conflict ? [personalIdConflict()] : newer, verify: [], found: birth };
  },

  async grant(tx, { content: { citizenId, personalId }, dossier }, current, by, on) {
    if (!current) throw new Error(`Citizen ${citizenId} is told a number without a registered birth`);
    // a second notice with the same number by another part changes nothing
    if (current.version.personalId === personalId) return { facts: {} };
    const { recordedAt: _, ...facts } = current.version;
    const version = facts.version + 1;
    // the persons are those of the version before
    const entered = { persons: null, validFrom: on, ...enteredFor(by, dossier, current.birth) };
    await Promise.all([
      tx.insert(citizenNumbers).values({ citizenId, personalId }).execute(),
      tx
        .insert(birthVersions)
        .values({ ...facts, version, personalId, ...entered })
        .execute(),
      recordChange(tx, by, [citizenId, personalId], ["birth_versions.personal_id", "citizen_numbers.*"]),
    ]);
    return { facts: {} };
  },
});
