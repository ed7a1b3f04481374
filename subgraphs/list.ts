/*
 * The only list of agencies, one line for each. Composition, start, databases, permissions, roles, personas, the demo, the
 * gateway and the tests follow from it. To add an agency: its folder, a line here, `npm run compose`.
 */
export { business } from "./business/agency.ts";
export { civilStatus } from "./civil-status/agency.ts";
export { healthInsurance } from "./health-insurance/agency.ts";
export { land } from "./land/agency.ts";
export { oneStop } from "./one-stop/agency.ts";
export { residence } from "./residence/agency.ts";
