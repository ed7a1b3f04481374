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
  sameCase?: SameCase;
};

type Described<Answers> = {
  /** Answers without which the agency's rules cannot decide. */
  answers: z.ZodType<Answers>;
  content(answers: Answers, request: SingleRequest): Content;
  pathOf: FormReading["pathOf"];
  sameCase?: Omit<SameCase, "duplicateKeys"> & { keys(answers: Answers): readonly string[] };
};

/** Reading of the forms that have certain answers. Dossiers with other forms share no case: their officers compare them. */
export function formReadingOf<Answers>({ answers, content, pathOf, sameCase }: Described<Answers>): FormReading {
  const read = ({ form }: SingleRequest) => answers.safeParse(form).data;
  return {
    content(request) {
      const given = read(request);
      return given === undefined ? null : content(given, request);
    },
    pathOf,
    ...(sameCase && {
      sameCase: {
        ...sameCase,
        duplicateKeys(request) {
          const given = read(request);
          return given === undefined ? [] : sameCase.keys(given);
        },
      },
    }),
  };
}
