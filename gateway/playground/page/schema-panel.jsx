import { useGraphiQL } from "@graphiql/react";
import { getNamedType, isInputObjectType, isInterfaceType, isObjectType, isUnionType } from "graphql";
import { useState } from "react";

const ROW = 30;
const GAP = 56;

/** Rows of the middle column: a name, and the composite type that it leads to, if any. */
function rowsOf(type, schema) {
  if (isUnionType(type)) return type.getTypes().map(({ name }) => ({ name, leadsTo: name }));
  const own = Object.values(type.getFields()).map(({ name, type: of }) => ({ name, leadsTo: composite(of)?.name }));
  const kinds = isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
  return [...own, ...kinds.map(({ name }) => ({ name: `… on ${name}`, leadsTo: name }))];
}

function composite(wrapped) {
  const type = getNamedType(wrapped);
  return isObjectType(type) || isInterfaceType(type) || isUnionType(type) || isInputObjectType(type) ? type : undefined;
}

/** Names of the types that have a field of this one. */
function usersOf(type, schema) {
  const all = Object.values(schema.getTypeMap()).filter((each) => composite(each) && !each.name.startsWith("__"));
  const using = all.filter(
    (each) => each !== type && rowsOf(each, schema).some(({ leadsTo }) => leadsTo === type.name),
  );
  return using.map(({ name }) => name).sort();
}

function Box({ name, onClick }) {
  return (
    <li>
      <button type="button" onClick={onClick}>
        {name}
      </button>
    </li>
  );
}

/** Curves from the middle of one row to that of another. */
function Lines({ pairs, rows }) {
  const middle = (row) => (row + 0.5) * ROW;
  return (
    <svg width={GAP} height={rows * ROW} aria-hidden="true">
      {pairs.map(([from, to]) => (
        <path
          key={`${from}-${to}`}
          d={`M0 ${middle(from)}C${GAP / 2} ${middle(from)} ${GAP / 2} ${middle(to)} ${GAP} ${middle(to)}`}
        />
      ))}
    </svg>
  );
}

/** One type, the types that use it, and those that it leads to; each name is a step of the walk. */
function Walk({ schema }) {
  const [path, setPath] = useState([schema.getQueryType().name]);
  const type = schema.getType(path.at(-1)) ?? schema.getQueryType();
  const go = (name) => () => setPath([...path, name]);
  const rows = rowsOf(type, schema);
  const users = usersOf(type, schema);
  const targets = [...new Set(rows.flatMap(({ leadsTo }) => leadsTo ?? []))].filter((name) => name !== type.name);
  const outgoing = rows.flatMap(({ leadsTo }, row) =>
    targets.includes(leadsTo) ? [[row + 1, targets.indexOf(leadsTo)]] : [],
  );
  const height = Math.max(rows.length + 1, targets.length);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(Boolean);
  return (
    <>
      <nav aria-label="Kiểu gốc (root types)">
        <button type="button" disabled={path.length === 1} onClick={() => setPath(path.slice(0, -1))}>
          ← Trở lại (back)
        </button>
        {roots.map(({ name }) => (
          <button type="button" key={name} onClick={go(name)}>
            {name}
          </button>
        ))}
      </nav>
      {type.description && <p>{type.description}</p>}
      {users.length > 0 && (
        <>
          <p>Được dùng bởi (used by)</p>
          <ul className="schema-users" aria-label="Được dùng bởi (used by)">
            {users.map((name) => (
              <Box key={name} name={name} onClick={go(name)} />
            ))}
          </ul>
        </>
      )}
      <div className="schema-walk">
        <ul className="schema-type" aria-label={type.name}>
          <li>
            <strong>{type.name}</strong>
          </li>
          {rows.map(({ name }) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        <Lines rows={height} pairs={outgoing} />
        <ul aria-label="Dẫn tới (leads to)">
          {targets.map((name) => (
            <Box key={name} name={name} onClick={go(name)} />
          ))}
        </ul>
      </div>
    </>
  );
}

function Picture() {
  const schema = useGraphiQL(({ schema: loaded }) => loaded);
  if (!schema) return <p>Đang đọc lược đồ… (The schema is being read.)</p>;
  return <Walk schema={schema} />;
}

function Icon() {
  return (
    <svg viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">
      <path d="M5 5h4v4H5zM1 1h3v3H1zM10 10h3v3h-3zM10 1h3v3h-3zM4 4l1 1M9 9l1 1M9 5l1-1" />
    </svg>
  );
}

/** Panel of the page with a picture of the schema that can be walked from type to type. */
export const SCHEMA_PANEL = {
  title: "Lược đồ (schema)",
  icon: Icon,
  content: () => (
    <div className="schema-panel">
      <h2>Lược đồ</h2>
      <Picture />
    </div>
  ),
};
