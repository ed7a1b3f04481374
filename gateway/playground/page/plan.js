const REMEMBERED = "motcua:plan";

/** True where the developer wants the query plan and the times of its fetches; available in demo mode only. */
export function wantsPlan() {
  return localStorage.getItem(REMEMBERED) === "yes";
}

export function choosePlan(wanted) {
  localStorage.setItem(REMEMBERED, wanted ? "yes" : "no");
}
