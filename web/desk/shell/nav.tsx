import { Place } from "../../shared/shell/place";
import { path } from "../../shared/router";
import { waiting } from "../live";
import { dead } from "../dead-notices";

/** The way between the pages: at the side on wide screens, at the bottom on phones. */
export function Nav() {
  return (
    <nav class="nav" aria-label="Desk">
      <Place to="/desk/queue" icon="inbox" count={waiting.value}>
        Decision Queue
      </Place>
      <Place to="/desk/cases" icon="mail">
        Cases
      </Place>
      {(dead.value > 0 || path.value === "/desk/notices") && (
        <Place to="/desk/notices" icon="bell" count={dead.value}>
          Not told
        </Place>
      )}
      <Place to="/desk/reviewers" icon="seen">
        Reviewers
      </Place>
      <Place to="/studio" icon="studio">
        Studio
      </Place>
    </nav>
  );
}
