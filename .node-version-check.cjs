// Refuses a Node.js that is too old. Every npm script loads this file first, so it keeps to syntax that old versions know.
var required = require("./package.json").engines.node.replace(/[^0-9.]/g, "");
var running = process.versions.node;

function isOlder(version, limit) {
  var parts = version.split(".").map(Number);
  var limits = limit.split(".").map(Number);
  if (parts[0] !== limits[0]) return parts[0] < limits[0];
  return parts[1] < limits[1];
}

var refusal = ["Motcua needs Node.js", required, "or newer; this is", "v".concat(running)].join(" ");

if (isOlder(running, required)) {
  process.stderr.write([refusal, "Install a newer one from https://nodejs.org."].join(". ").concat("\n"));
  process.exit(1);
}
