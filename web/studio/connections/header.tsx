import type { ComponentChildren } from "preact";
import type { Connection, Manifest } from "../../shared/api";
import { Title } from "../../shared/shell/title";
import { dated, plural } from "../../shared/text";
import { Id } from "../../shared/ui/copied";
import { Icon } from "../../shared/ui/icon";
import { LiveMark } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { heardAt, state } from "../live";
import { review, settings } from "../places";
import { toRead } from "./reading";
import { Marks } from "./row";
import { usable } from "./words";

/** What a connection is and where it leads. */
export function Header({ of }: { of: Connection }) {
  const { row, manifest } = of;
  const unread = toRead(of).length;
  return (
    <header class="one-head">
      <div class="one-title">
        <Title>
          <Line text={row.title} />
        </Title>
        <LiveMark state={state.value} heardAt={heardAt.value} />
        {of.can_change && (
          <span class="one-acts">
            {unread > 0 && (
              <a class="button primary" href={review(row.id)}>
                <Icon name="seen" /> Review {plural(unread, "tool")}
              </a>
            )}
            <a class="button" href={settings(row.id)}>
              <Icon name="settings" /> Settings
            </a>
          </span>
        )}
      </div>
      <p class="chips">
        <Marks row={row} />
      </p>
      <dl class="facts">
        <Fact name="Leads to">
          <code>
            <Line text={row.where} />
          </code>
        </Fact>
        <Fact name="Can be used">{usable(row)}</Fact>
        {of.server !== null && (
          <Fact name="Server">
            calls itself <Line text={of.server} />
            {of.protocol && <span class="muted"> · MCP {of.protocol}</span>}
          </Fact>
        )}
        {of.beyond.length > 0 && (
          <Fact name="Not used">
            <Line text={of.beyond.join(", ")} /> <span class="muted">· we use tools alone</span>
          </Fact>
        )}
        {manifest.whole_for && (
          <Fact name="Belongs to">
            the customer <Line text={manifest.whole_for} /> alone
          </Fact>
        )}
        <Fact name="Signs in">{signsIn(manifest)}</Fact>
        {manifest.http && manifest.http.allow_private.length > 0 && (
          <Fact name="Private">
            <Line text={manifest.http.allow_private.join(", ")} /> <span class="muted">may lie inside this network</span>
          </Fact>
        )}
        <Fact name="Kept">
          {of.kept_by === null ? "here" : <>in <code>{of.kept_by}</code></>}
          <span class="muted"> · changed {dated(row.changed_at)} by <Line text={row.changed_by} /></span>
        </Fact>
        <Fact name="Id">
          <Id name="the connection’s id" text={row.id} />
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function signsIn({ auth, write_auth: writing, stdio }: Manifest): string {
  if (stdio) return "by what its command is given";
  const reading = inWords(auth);
  return writing ? `${reading}; to write: ${inWords(writing)}` : reading;
}

function inWords(auth: Manifest["auth"]): string {
  switch (auth?.kind) {
    case undefined:
      return "not at all";
    case "bearer":
      return auth.header ? `by a token in ${auth.header}` : "by a token";
    case "client_credentials":
      return `by OAuth, as ${auth.client_id}`;
    case "authorization_code":
      return "by OAuth, agreed to in a browser";
  }
}
