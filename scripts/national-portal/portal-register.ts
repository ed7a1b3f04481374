import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Snapshot, Step } from "./message-rules.ts";

/** A dossier as the stand-in has it. */
export type PortalEntry = { snapshot: Snapshot; steps: Step[] };

/** Refusal in the portal's own words. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, words: string) {
    super(words);
    this.code = code;
  }
}

export type PortalRegister = {
  all(): readonly PortalEntry[];
  find(code: string): PortalEntry | undefined;
  /** @throws Refused */
  synchronise(snapshot: Snapshot, isUpdating: boolean): void;
  /** Adds a step; one with the same time and status is the same step. @throws Refused, unless `isLenient` */
  addStep(step: Step, isLenient: boolean): void;
  /** Loses a dossier, or its last steps, as a restore of an older copy does. */
  lose(code: string, steps?: number): void;
};

const CORRECTION = /^Đính chính trạng thái: ./;
/** Phases through which a status goes forwards. */
const PHASE: Readonly<Record<string, number>> = { 1: 0, 2: 1, 4: 2, 5: 2, 6: 2, 9: 3, 3: 4, 7: 4, 8: 4, 10: 4 };

/** @param file where the register is kept; without it the register ends with the process */
export function portalRegister(file?: string): PortalRegister {
  const entries = new Map(file ? openJournal(file) : []);
  /** Appends a line for the change, so that the cost does not grow with the register. */
  const save = (code: string) => {
    if (file) appendFileSync(file, `${JSON.stringify({ code, entry: entries.get(code) ?? null })}\n`);
  };
  const known = (code: string): PortalEntry => {
    const entry = entries.get(code);
    if (!entry) throw new Refused("04", `Không tìm thấy hồ sơ ${code} trên Cổng`);
    return entry;
  };
  return {
    all: () => [...entries.values()],
    find: (code) => entries.get(code),
    synchronise(snapshot, isUpdating) {
      const { MaHoSo } = snapshot;
      if (!isUpdating && entries.has(MaHoSo)) throw new Refused("03", `Hồ sơ ${MaHoSo} đã tồn tại trên Cổng`);
      const steps = isUpdating ? known(MaHoSo).steps : [];
      entries.set(MaHoSo, { snapshot, steps });
      save(MaHoSo);
    },
    addStep(step, isLenient) {
      const entry = known(step.MaHoSo);
      const { ThoiDiemXuLy: at, TrangThai: status } = step;
      if (entry.steps.some((each) => each.ThoiDiemXuLy === at && each.TrangThai === status)) return;
      const last = entry.steps.at(-1);
      if (last && !isLenient) {
        if (at <= last.ThoiDiemXuLy) throw new Refused("05", `Tiến độ ${at} đến sau tiến độ ${last.ThoiDiemXuLy}`);
        const isBack = (PHASE[status] ?? 0) < (PHASE[last.TrangThai] ?? 0);
        if (isBack && !CORRECTION.test(step.NoiDungXuLy))
          throw new Refused("06", `Trạng thái ${status} lùi so với ${last.TrangThai} mà không có lý do đính chính`);
      }
      entry.steps.push(step);
      entry.snapshot = { ...entry.snapshot, TrangThaiHoSo: status };
      save(step.MaHoSo);
    },
    lose(code, steps) {
      const entry = entries.get(code);
      if (!entry) return;
      if (steps === undefined) entries.delete(code);
      else {
        entry.steps.splice(Math.max(0, entry.steps.length - steps));
        entry.snapshot = { ...entry.snapshot, TrangThaiHoSo: entry.steps.at(-1)?.TrangThai ?? "2" };
      }
      save(code);
    },
  };
}

/** Newest entry of each dossier, with which the journal begins anew. A last line that a kill has cut off is left out. */
function openJournal(file: string): [string, PortalEntry][] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  const newest = new Map<string, PortalEntry | null>();
  for (const line of lines) {
    const { code, entry } = JSON.parse(line) as { code: string; entry: PortalEntry | null }; // our own file
    newest.set(code, entry);
  }
  const known = [...newest].flatMap(([code, entry]) => (entry ? [[code, entry] as [string, PortalEntry]] : []));
  writeFileSync(`${file}.new`, known.map(([code, entry]) => `${JSON.stringify({ code, entry })}\n`).join(""));
  renameSync(`${file}.new`, file); // a rename is atomic: a reader never sees half a file
  return known;
}
