import { useEffect } from "preact/hooks";
import type { Staff } from "../shared/api";
import { useKeys } from "../shared/keys";
import { isNarrow } from "../shared/narrow";
import { go } from "../shared/router";
import { Brand, Place as Link } from "../shared/shell/place";
import { You } from "../shared/shell/you";
import { AddConnection } from "./connections/add";
import { Connections } from "./connections/list";
import { ConnectionPage } from "./connections/one";
import { Review } from "./connections/review";
import { Settings } from "./connections/settings";
import { keep, open } from "./connections/store";
import { ToolPane } from "./connections/tool";
import { waiting } from "./live";
import { PeoplePage } from "./people/page";
import { list, one, people, policy, type Place } from "./places";
import { PolicyPage } from "./policy/page";

/** The side and the room; a tool stands beside its connection where there is space, and alone on narrow pages. */
export function Page({ staff, place, onHelp }: { staff: Staff; place: Place; onHelp: () => void }) {
  const id = "id" in place ? place.id : null;
  useEffect(keep, []);
  useEffect(() => {
    void open(id);
  }, [id]);
  useKeys({ out: () => stepOut(place) });
  const alone = place.at === "tool" && isNarrow.value;
  return (
    <div class={place.at === "tool" && !alone ? "studio with-tool" : "studio"}>
      <div class="side">
        <header class="side-head">
          <Brand home={list} />
        </header>
        <nav class="nav" aria-label="Studio">
          <Link to={list} icon="connection">
            Connections
          </Link>
          <Link to={policy} icon="ruled">
            Policy
          </Link>
          <Link to={people} icon="customer">
            People
          </Link>
          <Link to="/desk/queue" icon="inbox" count={waiting.value}>
            Decision Queue
          </Link>
        </nav>
        <footer class="side-foot">
          <You me={staff} home="/studio/" onHelp={onHelp} />
        </footer>
      </div>
      <main class="room">{alone ? <ToolPane key={place.tool} name={place.tool} id={place.id} main /> : <Room place={place} />}</main>
      {place.at === "tool" && !alone && (
        <aside class="pane" aria-label="Tool">
          <ToolPane key={place.tool} name={place.tool} id={place.id} />
        </aside>
      )}
    </div>
  );
}

function Room({ place }: { place: Place }) {
  switch (place.at) {
    case "list":
      return <Connections />;
    case "policy":
      return <PolicyPage />;
    case "people":
      return <PeoplePage />;
    case "add":
      return <AddConnection />;
    case "review":
      return <Review id={place.id} />;
    case "settings":
      return <Settings id={place.id} />;
    case "one":
      return <ConnectionPage id={place.id} tool={null} />;
    case "tool":
      return <ConnectionPage id={place.id} tool={place.tool} />;
  }
}

/** One step out, and the focus back to where one came from. */
function stepOut(place: Place): void {
  if (!("id" in place)) {
    if (place.at === "add") go(list);
    return;
  }
  go(place.at === "one" ? list : one(place.id));
  const row = place.at === "tool" ? place.tool : place.id;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`)?.focus());
}
