import { signal } from "@preact/signals";
import { get, remove, signedOut, type Customer, type Portal } from "../shared/api";
import { resource } from "../shared/resource";
import { forgetDrafts } from "../shared/storage";

/** The portal whose address this is: the second part of /p/{portal}/. */
export const portalId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
export const home = `/p/${encodeURIComponent(portalId)}`;

export const portal = resource<Portal>((stop) => get<Portal>(`/api/customer/portals/${encodeURIComponent(portalId)}`, stop));
export const me = resource<Customer>((stop) => get<Customer>("/api/customer/me", stop));
export const ready = signal(false);

/** Reads the entrance, wears its colours, and finds out who is here. */
export async function enter(): Promise<void> {
  await Promise.all([portal.load(), me.load()]);
  const entrance = portal.value.peek();
  if (entrance !== null) document.documentElement.style.setProperty("--hue", String(entrance.hue));
  // A session of another portal is no session here.
  if (me.value.peek() !== null && me.value.peek()?.portal.id !== portalId) {
    me.put(null);
    signedOut.value = true;
  }
  ready.value = true;
}

export async function signOut(): Promise<void> {
  await remove("/api/sessions?kind=customer");
  forgetDrafts();
  me.put(null);
  signedOut.value = true;
  location.replace(home); // with the page goes all that it still knows
}
