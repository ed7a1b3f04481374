import type { Caller } from "../../_shared/identity/caller.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parsePhone } from "../../_shared/reference/identifiers/phone.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Application } from "../acceptance/application.ts";
import { fault, type Problems } from "../acceptance/problems.ts";
import { takeChannel, takeEmail, takeHandover, takeOffice } from "../acceptance/reading.ts";
import { STAND_IN } from "../acceptance/stand-ins.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { validateForm } from "../procedures/forms/form-validation.ts";
import type { DossierInput, PaperInput } from "./input.ts";

/** Request for one procedure, as it is stored with the dossier. */
export type SingleRequest = {
  office: string;
  channel: Application["channel"];
  declarant: {
    fullName: string;
    personalId: string | null;
    relation: string | null;
    phone: string | null;
    email: string | null;
  };
  subjectName: string | null;
  form: Record<string, unknown>;
  papers: PaperInput[];
  filledBy: { fullName: string; personalId?: string | null } | null;
  handover: Application["handover"];
};

const formNotAnObject = () =>
  fault("FORM_MALFORMED", "Nội dung tờ khai phải là một đối tượng JSON", "The form must be a JSON object");
const channelNotOffered = () =>
  fault(
    "CHANNEL_NOT_OFFERED",
    "Thủ tục này không tiếp nhận theo hình thức đã chọn; đề nghị chọn hình thức khác",
    "The procedure is not received by this channel; choose another one",
  );
const submitterNotNamed = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ được nộp hồ sơ mà mình là người nộp",
    "A citizen submits only as the declarant of the dossier",
  );

/** Reads the input; see `SubmittableKind.read`. */
export function readDossier(input: DossierInput, caller: Caller, _now: Date, problems: Problems): SingleRequest {
  const at = (name: string) => ["declarant", name];
  const { declarant, form } = input;
  const channels = procedureOf(input.procedure)?.facts.channels ?? [];
  const channel = takeChannel(input.channel, problems);
  if (channels.length > 0 && !channels.includes(channel)) problems.add(["channel"], channelNotOffered());
  if (caller.role === "citizen" && declarant.personalId !== caller.personalId) {
    problems.add(at("personalId"), submitterNotNamed());
  }
  const isObject = typeof form === "object" && form !== null && !Array.isArray(form);
  if (!isObject) problems.add(["form"], formNotAnObject());
  else for (const { path, ...found } of validateForm(input.procedure, form)) problems.add(path, found);
  const { personalId, phone, email } = declarant;
  const fields = (isObject ? form : {}) as Record<string, unknown>; // checked above
  return {
    ...{ office: takeOffice(input.office, caller, problems), channel, form: fields, papers: input.papers ?? [] },
    declarant: {
      fullName: problems.take(at("fullName"), parsePersonName(declarant.fullName, "PERSON"), STAND_IN.name),
      personalId: personalId ? problems.take(at("personalId"), parsePersonalId(personalId), null) : null,
      relation: declarant.relation ?? null,
      phone: phone ? problems.take(at("phone"), parsePhone(phone), null) : null,
      email: email ? takeEmail(email, at("email"), problems) : null,
    },
    subjectName: subjectOf(fields) ?? declarant.fullName,
    filledBy: input.filledBy ?? null,
    handover: takeHandover(input.handover ?? { method: "DESK" }, problems),
  };
}

/** Full name in the form's `subject`, where the form has one. */
function subjectOf({ subject }: Record<string, unknown>): string | null {
  if (typeof subject === "string") return subject;
  if (typeof subject !== "object" || subject === null || !("fullName" in subject)) return null;
  return typeof subject.fullName === "string" ? subject.fullName : null;
}
