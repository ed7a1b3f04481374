const REMEMBERED = "motcua:plan";

/** Whether answers shall show the query plan and what each fetch took; the gateway does so in demo mode only. */
export function wantsPlan() {
  return localStorage.getItem(REMEMBERED) === "yes";
}

export function choosePlan(wanted) {
  localStorage.setItem(REMEMBERED, wanted ? "yes" : "no");
}
