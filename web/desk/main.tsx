import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import "../shared/ui/ui.css";
import "../shared/shell/shell.css";
import "../shared/explain/rail.css";
import "../shared/change/change.css";
import "./desk.css";
import "./card/card.css";
import "./queue/queue.css";
import "./insights/insights.css";
import "./changes/changes.css";
import { route } from "../shared/router";
import { App } from "./app";

route("/desk");
render(<App />, document.getElementById("page")!);
