import type * as z from "zod";
import type { SubmittableKind } from "../../acceptance/application.ts";
import type { DossierInput } from "../input.ts";
import type { SingleRequest } from "../read-dossier.ts";

type Content = Record<string, unknown>;
type Kind = SubmittableKind<DossierInput, SingleRequest>;

/** Share of a kind that keeps two dossiers from asking for the same, also where the other one is a bundle's. */
type SameCase = Required<Pick<Kind, "duplicateKeys" | "repeatable" | "duplicate">> & Pick<Kind, "casesOf">;

/** Conversion of a procedure's form into the content that its agency decides on. */
export type FormReading = {
  /** Null if the form lacks what the agency's rules need: officers decide by the form as it is. */
  content(request: SingleRequest): Content | null;
  /** Path into the client's input for a path into the content. */
  pathOf(path: readonly string[]): string[];
  /** Commune code of the office whose agency decides, where it is another one than that of the dossier. */
  officeOf?(request: SingleRequest): string | null;
  sameCase?: SameCase;
};

type Described<Answers> = {
  /** Answers without which the agency's rules cannot decide. */
  answers: z.ZodType<Answers>;
  /** Personal numbers of those whose own matter it is: another declarant's dossier holds none of their keys. By default anybody's. */
  concerned?(answers: Answers): readonly (string | undefined)[];
  /** True if the agency's problems tell what only those may know: what another declarant asks for is decided by officers. */
  isPrivate?: true;
  content(answers: Answers, request: SingleRequest): Content;
  officeOf?(answers: Answers): string;
  pathOf: FormReading["pathOf"];
  sameCase?: Omit<SameCase, "duplicateKeys"> & { keys(answers: Answers): readonly string[] };
};

/** Reading of the forms that have certain answers. Dossiers with other forms share no case: their officers compare them. */
export function formReadingOf<Answers>(described: Described<Answers>): FormReading {
  const { answers, concerned, isPrivate, content, pathOf, officeOf, sameCase } = described;
  const read = ({ form }: SingleRequest) => answers.safeParse(form).data;
  const isOwn = ({ declarant }: SingleRequest, given: Answers) =>
    !concerned || concerned(given).includes(declarant.personalId ?? "");
  return {
    content(request) {
      const given = read(request);
      return given === undefined || (isPrivate && !isOwn(request, given)) ? null : content(given, request);
    },
    pathOf,
    ...(officeOf && {
      officeOf(request: SingleRequest) {
        const given = read(request);
        return given === undefined ? null : officeOf(given);
      },
    }),
    ...(sameCase && {
      sameCase: {
        ...sameCase,
        duplicateKeys(request) {
          const given = read(request);
          return given === undefined || !isOwn(request, given) ? [] : sameCase.keys(given);
        },
      },
    }),
  };
}
