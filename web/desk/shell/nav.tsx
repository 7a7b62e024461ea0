import { Place } from "../../shared/shell/place";
import { waiting } from "../live";

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
      <Place to="/desk/reviewers" icon="seen">
        Reviewers
      </Place>
      <Place to="/studio" icon="studio">
        Studio
      </Place>
    </nav>
  );
}
