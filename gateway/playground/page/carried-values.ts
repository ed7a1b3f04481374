/** Values of a submitted request that the next tabs need. */
export type Carried = { code?: string; phoneLast4?: string; personalId?: string };

type Submitted = { input?: { declarant?: { phone?: unknown } } };
type Part = { result?: { child?: { personalId?: string } | null } | null };
type Read = { parts?: Part[] } | null;
type Data = {
  submitBirthBundle?: { dossier?: { code?: string } | null } | null;
  dossier?: Read;
  dossierChanged?: Read;
};

/** Values that an answer tells: the code of a dossier, its phone's digits, and the child's number once it is registered. */
export function carriedFrom(variables: unknown, data: unknown): Carried {
  const { submitBirthBundle, dossier, dossierChanged } = (data ?? {}) as Data; // of the ready tabs; others lack the fields
  const code = submitBirthBundle?.dossier?.code;
  const phone = (variables as Submitted | undefined)?.input?.declarant?.phone;
  const parts = (dossier ?? dossierChanged)?.parts ?? [];
  const personalId = parts.map(({ result }) => result?.child?.personalId).find(Boolean);
  return {
    ...(code && { code, ...(phone !== undefined && { phoneLast4: String(phone).slice(-4) }) }),
    ...(personalId && { personalId }),
  };
}

/** Variables with the carried values in place of values that the page itself has put there; undefined where nothing changes. */
export function withCarried(text: string | null, carried: Carried, own: ReadonlySet<unknown>): string | undefined {
  const variables = parsed(text);
  if (!variables) return undefined;
  const changed = Object.entries(carried).filter(
    ([name, value]) => own.has(variables[name]) && variables[name] !== value,
  );
  if (changed.length === 0) return undefined;
  return JSON.stringify({ ...variables, ...Object.fromEntries(changed) }, null, 2);
}

function parsed(text: string | null): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined; // of JSON
  } catch {
    return undefined; // the developer is typing
  }
}
