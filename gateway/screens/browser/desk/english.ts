import type { vietnamese } from "./vietnamese.ts";

/** Texts of the desk in English. */
export const english: typeof vietnamese = {
  clerk: "Clerk of the one-stop desk",
  views: { board: "Today", receive: "Receive", outbox: "Outbox" },
  signOut: "Sign out",
  lineUp: "The line is up",
  lineDown: "The line is down: what is received now is kept on this machine and sent later",
  counts: {
    ticketsWaiting: "Tickets waiting",
    ticketsCalled: "Tickets served",
    receivedToday: "Received today",
    dueToday: "Due today",
    overdue: "Overdue",
    awaitingSupplement: "Waiting for papers",
    readyForHandover: "Results to hand over",
  },
  atLeast: (count) => `over ${count}`,
  search: "Find a dossier",
  searchHint: "code, name, personal number, phone",
  found: (count) => `${count} dossiers`,
  none: "There is no such dossier.",
  more: "More",
  columns: { code: "Code", who: "Applicant", what: "Matter", due: "Due", state: "State" },
  overdue: "overdue",
  at: (time) => `at ${time}`,
  notRead: "Not read from the gateway",
};
