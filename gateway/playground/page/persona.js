const REMEMBERED = "motcua:persona";

let persona = localStorage.getItem(REMEMBERED) ?? "clerk";

export function currentPersona() {
  return persona;
}

/** Selects the persona of the next requests; "" is anonymous. */
export function choosePersona(name) {
  persona = name;
  localStorage.setItem(REMEMBERED, name);
}
