import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import "../shared/ui/ui.css";
import "../shared/shell/shell.css";
import "../shared/change/change.css";
import "./studio.css";
import "./connections/connections.css";
import "./connections/tool.css";
import "./policy/policy.css";
import { route } from "../shared/router";
import { App } from "./app";

route("/studio");
render(<App />, document.getElementById("page")!);
