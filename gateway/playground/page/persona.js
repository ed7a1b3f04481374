const REMEMBERED = "motcua:persona";
const RENEW_MS = 3_000_000; // tokens are valid for an hour

let persona = localStorage.getItem(REMEMBERED) ?? "clerk";
let token;

/** Response of an endpoint below /dev, or undefined outside demo mode. */
export async function fromDemo(path) {
  const response = await fetch(`/dev/${path}`);
  return response.ok ? response.json() : undefined;
}

export function currentPersona() {
  return persona;
}

/** Selects the persona of the next requests; "" is anonymous. */
export function choosePersona(name) {
  persona = name;
  token = undefined;
  localStorage.setItem(REMEMBERED, name);
}

/** Authorization header of the selected persona, or undefined for anonymous. */
export async function personaHeader() {
  if (!persona) return undefined;
  if (!token || token.until < Date.now()) {
    const issued = await fromDemo(`token?persona=${encodeURIComponent(persona)}`);
    if (!issued) return undefined;
    token = { value: issued.access_token, until: Date.now() + RENEW_MS };
  }
  return `Bearer ${token.value}`;
}
