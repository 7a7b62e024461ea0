import type { Manifest, NewConnection, Problem } from "../../shared/api";
import { placed } from "./wrong";

export type SignInBy = "nothing" | "token" | "client";

/** A new connection while somebody writes it. */
export interface NewForm {
  title: string;
  /** `null` until somebody writes one: then it follows the title. */
  id: string | null;
  url: string;
  by: SignInBy;
  token: string;
  header: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  hosts: string;
  wholeFor: string;
  missing: string;
}

export const empty: NewForm = { title: "", id: null, url: "", by: "nothing", token: "", header: "", clientId: "", clientSecret: "", scopes: "", hosts: "", wholeFor: "", missing: "" };

/** "Orders (EU)" as "orderseu": small letters and digits, as every id is. */
export const idOf = ({ id, title }: Pick<NewForm, "id" | "title">): string => id ?? title.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]/g, "").replace(/^[0-9]+/, "").slice(0, 31);

/** By words or by lines, as they were typed. */
export const listed = (text: string): string[] => text.split(/[\s,]+/).filter((each) => each !== "");

export type WrongFields = Partial<Record<keyof NewForm | "", string>>;

/** What can be said before the server is asked. */
export function missingIn(form: NewForm, taken: readonly string[]): WrongFields {
  const id = idOf(form);
  return {
    ...(form.title.trim() === "" && { title: "How do people call it?" }),
    ...(!/^[a-z][a-z0-9]{1,30}$/.test(id) && { id: "An id is 2 to 31 small letters and digits, and begins with a letter." }),
    ...(taken.includes(id) && { id: `There is a connection ${id} already.` }),
    ...(!/^https?:\/\/./.test(form.url.trim()) && { url: "An address begins with https:// (or http:// inside your own network)." }),
    ...(form.by === "token" && form.token === "" && { token: "The token is needed to ask it what it offers." }),
    ...(form.by === "client" && form.clientId.trim() === "" && { clientId: "The id that the system gave you." }),
    ...(form.by === "client" && form.clientSecret === "" && { clientSecret: "The secret is needed to ask it what it offers." }),
  };
}

export function bodyOf(form: NewForm): NewConnection {
  const id = idOf(form);
  const name = `${id.toUpperCase()}_${form.by === "client" ? "SECRET" : "TOKEN"}`;
  const manifest: Manifest = {
    id,
    title: form.title.trim(),
    server: "",
    missing: listed(form.missing),
    whole_for: form.wholeFor.trim() || null,
    http: { url: form.url.trim(), headers: {}, allow_private: listed(form.hosts) },
    auth: authOf(form, `$${name}`),
    tool: {},
  };
  const value = form.by === "token" ? form.token : form.clientSecret;
  return { manifest, secrets: form.by === "nothing" ? {} : { [name]: value } };
}

function authOf(form: NewForm, secret: string): NonNullable<Manifest["auth"]> | null {
  switch (form.by) {
    case "nothing":
      return null;
    case "token":
      return { kind: "bearer", token: secret, header: form.header.trim() || null };
    case "client":
      return { kind: "client_credentials", client_id: form.clientId.trim(), client_secret: secret, scopes: listed(form.scopes) };
  }
}

const fields: Record<string, keyof NewForm> = { id: "id", title: "title", "http/url": "url", "http/allow_private": "hosts", "auth/header": "header", "auth/client_id": "clientId", "auth/scopes": "scopes", whole_for: "wholeFor", missing: "missing" };

/** What the server said, at the field that it is about; "" for what is about none of them. */
export function serverSays(problem: Pick<Problem, "status" | "message">, by: SignInBy): WrongFields {
  const field = unreachable(problem, by);
  if (field !== null) return { [field]: `${problem.message} Nothing was kept.` };
  const { at, says } = placed(problem.message);
  if (at[0] === "secrets") return { [by === "client" ? "clientSecret" : "token"]: says };
  const inside = at.slice(1).filter((part) => !["bearer", "client_credentials"].includes(part));
  return { [fields[inside.slice(0, 2).join("/")] ?? fields[inside[0] ?? ""] ?? ""]: says };
}

/** The sentence of a system that was not reached names `allow_private`, or the status by which we were refused. */
function unreachable({ status, message }: Pick<Problem, "status" | "message">, by: SignInBy): keyof NewForm | null {
  if (message.includes("allow_private")) return "hosts";
  if (status !== 502) return null;
  if (!/\b40[13]\b|invalid_client|OAuth/.test(message)) return "url";
  return by === "nothing" ? "by" : by === "token" ? "token" : "clientSecret";
}
