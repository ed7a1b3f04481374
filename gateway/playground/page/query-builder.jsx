import "@graphiql/plugin-explorer/style.css";
import { lazy, Suspense } from "react";

/** GraphiQL's explorer, loaded when it is opened. */
const Explorer = lazy(async () => {
  const { explorerPlugin } = await import("@graphiql/plugin-explorer");
  return { default: explorerPlugin().content };
});

function Icon() {
  return (
    <svg viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">
      <path d="M1.5 2h3v3h-3zM1.5 9h3v3h-3zM7 3.5h6M7 10.5h6M2.3 10.5l.7.8 1-1.4" />
    </svg>
  );
}

/** Panel of the page in which a query is built by ticking fields. */
export const QUERY_BUILDER = {
  title: "Dựng câu hỏi (query builder)",
  icon: Icon,
  content: () => (
    <Suspense fallback={<p>Đang mở… (opening)</p>}>
      <Explorer />
    </Suspense>
  ),
};
