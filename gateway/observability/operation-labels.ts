const MOST_NAMES = 100;
export const UNNAMED = "unnamed";
export const OTHER = "other";

/**
 * Which label an operation's name gets. Clients write these names, so there is room for the first hundred that were
 * executed; others, and names with numbers that may be people's, are counted together.
 */
export function operationLabels() {
  const known = new Set<string>();
  return (name: string | undefined, executed: boolean): string => {
    if (name === undefined) return UNNAMED;
    if (known.has(name)) return name;
    const isNew = executed && known.size < MOST_NAMES && /^[_A-Za-z]\w{0,79}$/.test(name) && !/\d{5}/.test(name);
    if (!isNew) return OTHER;
    known.add(name);
    return name;
  };
}
