/**
 * Name of the first fact of a grant that contradicts the content of the part, as a path joined by dots; null if there is none.
 * An agency registers the content that the applicant has signed, and later parts carry the same content.
 */
export function contradictedFact(content: unknown, facts: unknown): string | null {
  const found = flat(facts).find(([path, value]) => {
    const own = valueAt(content, path);
    return path.length > 1 && own !== undefined && textOf(own) !== textOf(value);
  });
  return found?.[0].join(".") ?? null;
}

/** Single values of facts with their paths; a name with dots is a path. */
function flat(facts: unknown, before: readonly string[] = []): [path: string[], value: unknown][] {
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return [];
  return Object.entries(facts).flatMap(([name, value]) => {
    const path = [...before, ...name.split(".")];
    const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
    return isGroup ? flat(value, path) : [[path, value] as [string[], unknown]];
  });
}

/** Single value of the content at a path; undefined where there is none. */
function valueAt(content: unknown, path: readonly string[]): unknown {
  const value = path.reduce<unknown>((found, name) => {
    const isGroup = typeof found === "object" && found !== null && Object.hasOwn(found, name);
    return isGroup ? (found as Record<string, unknown>)[name] : undefined; // cast: an object that has the name
  }, content);
  return typeof value === "object" && value !== null ? undefined : value;
}

function textOf(value: unknown): string {
  return String(value ?? "")
    .normalize("NFC")
    .trim();
}
