/** Response types of the contract's documents, as far as the demo uses them. */
export type Problem = { code: string; message: string; messageEn: string; path: string[] | null };
export type Submitted = {
  submitBirthBundle: { dossier: { code: string; dueAt: string } | null; problems: Problem[] } | null;
};

export type Part = {
  id: string;
  procedure: { code: string; name: string } | null;
  agency: { code: string; name: string } | null;
  state: string;
  delivery: { state: string; attempts: number; nextAttemptAt: string | null } | null;
  refusal: { code: string; message: string } | null;
  result:
    | {
        __typename: "BirthRegistration";
        number: string | null;
        registeredOn: string | null;
        child: ChildOfBirth | null;
      }
    | {
        __typename: "Residency";
        registeredOn: string | null;
        relationToHead: string | null;
        household: Household | null;
      }
    | ({ __typename: "HealthInsuranceCard" } & Card)
    | null;
};
type ChildOfBirth = { personalId: string | null; fullName: string | null; dateOfBirth: string | null };
type Household = { code: string; head: { personalId: string; fullName: string | null } | null };
type Card = {
  number: string | null;
  validFrom: string | null;
  validTo: string | null;
  facility: { code: string; name: string } | null;
};

export type HistoryNode = {
  at: string;
  state: string;
  part: { id: string } | null;
  actor: string;
  note: string | null;
};
export type Dossier = {
  code: string;
  state: string;
  outcome: string | null;
  nationalStatus: number;
  dueAt: string;
  completedAt: string | null;
  overdue: boolean;
  parts: Part[];
  history: { nodes: HistoryNode[] };
};

export type Citizen = {
  personalId: string;
  fullName: string | null;
  dateOfBirth: string | null;
  birth: {
    number: string | null;
    registeredOn: string | null;
    mother: { fullName: string | null } | null;
    father: { fullName: string | null } | null;
  } | null;
  residency: {
    relationToHead: string | null;
    household: {
      code: string;
      address: { line: string; commune: { code: string; name: string } } | null;
      members: { citizen: { personalId: string; fullName: string | null }; relationToHead: string | null }[] | null;
    } | null;
  } | null;
  healthInsuranceCard: Card | null;
  landCertificates: { serial: string }[] | null;
  businesses: { code: string; name: string }[] | null;
  dossiers: { nodes: { code: string; state: string; dueAt: string }[] } | null;
};
