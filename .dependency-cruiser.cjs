/** Rooms of the gateway from top to bottom: a room imports only itself and the rooms below it. Each is a pattern below gateway/. */
const ROOMS = [
  "main\\.ts",
  "processes/",
  "check-start\\.ts",
  "server\\.ts",
  "configuration\\.ts",
  "configuration-file/",
  "http/",
  "(demo|pages|papers|playground|rest|screens)/",
  "static-files/",
  "subscriptions/",
  "apollo/",
  "pipeline/[^/]+$",
  "pipeline/(documents|limits|authorization|planning)/",
  "executor/",
  "subgraph-client/",
  "supergraph/",
  "identity/",
  "observability/",
  "[^/]+$",
];

/** One rule for each room but the highest: it imports no room above it. Files of the lowest room have no folder. */
const gatewayRooms = ROOMS.slice(1).map((room, index) => ({
  name: `gateway-${room.replaceAll(/\W+/g, "-").replace(/^-/, "")}depends-downwards`,
  comment: "The rooms of the gateway depend downwards only; gateway/README.md gives the order and its reasons.",
  severity: "error",
  from: { path: `^gateway/${room}`, pathNot: ROOMS.slice(0, index + 1).map((higher) => `^gateway/${higher}`) },
  to: { path: ROOMS.slice(0, index + 1).map((higher) => `^gateway/${higher}`) },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circular-imports",
      comment: "A circle of imports, types included, means that its files cannot be understood or tested one by one.",
      severity: "error",
      from: { path: "^(gateway|scripts|subgraphs)/" },
      to: { circular: true },
    },
    ...gatewayRooms,
    {
      name: "agencies-are-independent",
      comment: "Agencies are different institutions: they share _shared and the list of agencies, and nothing else.",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/", pathNot: "^subgraphs/_shared/" },
      to: { path: "^subgraphs/[^/]+/", pathNot: "^subgraphs/(_shared|$1)/" },
    },
    {
      name: "shared-imports-no-agency",
      comment: "What all agencies share knows none of them.",
      severity: "error",
      from: { path: "^subgraphs/_shared/" },
      to: { path: "^subgraphs/[^/]+/", pathNot: "^subgraphs/_shared/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|node_modules|test)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
    cache: false,
  },
};
