import { useState } from "react";
import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import { choosePersona, currentPersona } from "./persona.js";
import { choosePlan, wantsPlan } from "./plan.js";

/** Title of each persona: those of officers come from the agencies. */
const TITLES = {
  clerk: "Cán bộ một cửa",
  leader: "Lãnh đạo xã",
  administrator: "Quản trị hệ thống",
  portal: "Cổng dịch vụ công",
  citizen: "Công dân",
  ...Object.fromEntries(subgraphs.flatMap(({ officer }) => (officer ? [[officer.role, officer.title]] : []))),
};

/** Selector of the persona and of the query plan. Demo mode only. */
export function Developer({ personas }) {
  const [persona, setPersona] = useState(currentPersona());
  const [plan, setPlan] = useState(wantsPlan());
  return (
    <div className="developer">
      <label>
        Vai{" "}
        <select
          value={persona}
          title="Persona: requests bear its token"
          onChange={({ target }) => {
            choosePersona(target.value);
            setPersona(target.value);
          }}
        >
          {personas.map((name) => (
            <option key={name} value={name}>
              {TITLES[name] ? `${TITLES[name]} · ${name}` : name}
            </option>
          ))}
          <option value="">Không đăng nhập · anonymous</option>
        </select>
      </label>
      <label title="Query plan and the time of each fetch, as extensions.plan of the answer">
        <input
          type="checkbox"
          checked={plan}
          onChange={({ target }) => {
            choosePlan(target.checked);
            setPlan(target.checked);
          }}
        />{" "}
        Kế hoạch
      </label>
    </div>
  );
}
