import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import "../shared/ui/ui.css";
import "./portal.css";
import { route } from "../shared/router";
import { App } from "./app";
import { home } from "./session";

route(home);
render(<App />, document.getElementById("page")!);
