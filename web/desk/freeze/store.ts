import { get, post, remove, type Acknowledged, type FreezePage } from "../../shared/api";
import { announce } from "../../shared/announce";
import { resource } from "../../shared/resource";
import { hear } from "../live";

/** What is frozen now, and what this person may do about it. */
export const page = resource<FreezePage>((stop) => get<FreezePage>("/api/desk/freezes", stop));

/** Keeps it true while the Desk is open. */
export function keep(): () => void {
  void page.load();
  return hear((event) => {
    if (event.type === "hello" || event.type === "freeze") void page.load();
  });
}

/** Once this has returned, nothing is sent; what had been sent before is in the answer. */
export async function freeze(why: string, key: string): Promise<Acknowledged> {
  const told = await post<Acknowledged>("/api/desk/freezes", { scope: "all", why }, key);
  announce("Effects are frozen", { urgent: true });
  await page.load();
  return told;
}

export async function lift(id: number): Promise<void> {
  await remove(`/api/desk/freezes/${id}`);
  announce("Effects go on", { urgent: true });
  await page.load();
}
