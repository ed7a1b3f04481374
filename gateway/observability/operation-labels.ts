const MOST_NAMES = 100;
export const UNNAMED = "unnamed";
export const OTHER = "other";

/**
 * Labels of operation names. Clients choose these names, so a label needs an operation that was executed and that is
 * registered or was sent with a token: an anonymous client cannot take the place of an operation. There is room for a hundred;
 * the others, and names with long numbers, which may be personal, share one label.
 */
export function operationLabels() {
  const known = new Set<string>();
  return (name: string | undefined, mayAdd: boolean): string => {
    if (name === undefined) return UNNAMED;
    if (known.has(name)) return name;
    const isNew = mayAdd && known.size < MOST_NAMES && /^[_A-Za-z]\w{0,79}$/.test(name) && !/\d{5}/.test(name);
    if (!isNew) return OTHER;
    known.add(name);
    return name;
  };
}
