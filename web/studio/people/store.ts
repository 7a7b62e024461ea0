import { get, newKey, post, put, remove, type ChangeCard, type NewPerson, type PeoplePage } from "../../shared/api";
import { resource } from "../../shared/resource";

const base = "/api/studio/people";
export const page = resource<PeoplePage>((stop) => get<PeoplePage>(base, stop));

async function then(made: Promise<ChangeCard>): Promise<ChangeCard> {
  const change = await made;
  void page.load();
  return change;
}

export const add = (body: NewPerson): Promise<ChangeCard> => then(post<ChangeCard>(base, body, newKey()));

export const changeRole = (id: string, role: string, why: string | null): Promise<ChangeCard> => then(put<ChangeCard>(`${base}/${encodeURIComponent(id)}/role`, { role, why }));

export const close = (id: string, why: string | null): Promise<ChangeCard> => then(remove<ChangeCard>(`${base}/${encodeURIComponent(id)}${why === null ? "" : `?${new URLSearchParams({ why })}`}`));

export const roles = [
  ["agent", "agent: answers proposals"],
  ["supervisor", "supervisor: also the large ones, and the policy"],
  ["admin", "admin: connections, accounts and the policy; never a proposal"],
  ["auditor", "auditor: reads everything, answers nothing"],
] as const;
