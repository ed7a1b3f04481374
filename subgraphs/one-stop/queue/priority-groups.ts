import groups from "../data/priority-groups.json" with { type: "json" };

/** Group of people who are called first. `basis` is the article that defines it; null where only the offices' own rules name it. */
type PriorityGroup = { code: string; name: string; nameEn: string; basis: string | null };

export const PRIORITY_GROUPS: readonly PriorityGroup[] = groups;

export const priorityGroup = (code: string) => PRIORITY_GROUPS.find((group) => group.code === code);
