import type { Caller } from "../../_shared/identity/caller.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Application, Declarant } from "../acceptance/application.ts";
import { takeDeclarant, takeOffice } from "../acceptance/input-values.ts";
import type { Problems } from "../acceptance/problems.ts";
import { STAND_IN } from "../acceptance/stand-ins.ts";
import { takeFilledBy } from "../filled-by/filled-by.ts";
import { takeHandover } from "../handover/delivery-choice.ts";
import { isInForce, procedureOn } from "../procedures/catalogue.ts";
import { validateForm } from "../procedures/forms/form-validation.ts";
import { ownSubmitter } from "../rights.ts";
import type { DossierInput, PaperInput } from "./input.ts";
import type { LookedUpPaper } from "./required-papers.ts";

/** Request for one procedure, as it is stored with the dossier. */
export type SingleRequest = {
  office: string;
  channel: Application["channel"];
  declarant: Declarant & { relation: string | null };
  subjectName: string | null;
  form: Record<string, unknown>;
  papers: PaperInput[];
  /** Papers that an agency was asked for; absent in requests of earlier releases. */
  lookedUpPapers?: readonly LookedUpPaper[];
  filledBy: Application["filledBy"];
  handover: Application["handover"];
};

/** Longest code of a paper or a relation. */
const LONGEST_CODE = 50;

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

const procedureRepealed = (successor: string | null) =>
  fault(
    "PROCEDURE_REPEALED",
    successor
      ? `Thủ tục này đã hết hiệu lực; đề nghị thực hiện thủ tục thay thế có mã ${successor}`
      : "Thủ tục này đã hết hiệu lực",
    successor ? `The procedure is repealed; its successor is ${successor}` : "The procedure is repealed",
  );

/** Reads the input; see `SubmittableKind.read`. */
export function readDossier(input: DossierInput, caller: Caller, now: Date, problems: Problems): SingleRequest {
  const { declarant, form, channel } = input;
  const today = legalDayOf(now);
  const version = procedureOn(input.procedure, today);
  if (version && !isInForce(version, today)) problems.add(["procedure"], procedureRepealed(version.successor));
  const channels = version?.facts.channels ?? [];
  if (channels.length > 0 && !channels.includes(channel)) problems.add(["channel"], channelNotOffered());
  const submitter = ownSubmitter(caller);
  if (submitter !== null && declarant.personalId !== submitter) {
    problems.add(["declarant", "personalId"], submitterNotNamed());
  }
  const isObject = typeof form === "object" && form !== null && !Array.isArray(form);
  if (!isObject) problems.add(["form"], formNotAnObject());
  else for (const { path, ...found } of validateForm(input.procedure, form)) problems.add(path, found);
  const fields = (isObject ? form : {}) as Record<string, unknown>; // checked above
  const office = takeOffice(input.office, caller, problems);
  const taken = takeSubmitter(declarant, problems);
  return {
    ...{ office, channel, declarant: taken, form: fields },
    papers: takePapers(input.papers ?? [], problems),
    subjectName: subjectOf(fields) ?? declarant.fullName,
    filledBy: takeFilledBy(input.filledBy, taken.personalId, problems),
    handover: takeHandover(input.handover ?? { method: "DESK" }, taken, problems),
  };
}

function takeSubmitter(input: DossierInput["declarant"], problems: Problems): SingleRequest["declarant"] {
  const { relation } = input;
  return {
    ...takeDeclarant(input, problems),
    relation: relation ? problems.take(["declarant", "relation"], parseFreeText(relation, LONGEST_CODE), null) : null,
  };
}

function takePapers(papers: readonly PaperInput[], problems: Problems): PaperInput[] {
  return papers.map((paper, place) => {
    const path = ["papers", String(place), "code"];
    return { ...paper, code: problems.take(path, parseFreeText(paper.code, LONGEST_CODE), STAND_IN.text) };
  });
}

/** Full name in the form's `subject`, where the form has one. */
function subjectOf({ subject }: Record<string, unknown>): string | null {
  if (typeof subject === "string") return subject;
  if (typeof subject !== "object" || subject === null || !("fullName" in subject)) return null;
  return typeof subject.fullName === "string" ? subject.fullName : null;
}
