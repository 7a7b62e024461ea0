import { get, remove, signedOut, type Staff } from "./api";
import { resource } from "./resource";
import { forgetDrafts } from "./storage";

/** Who of our side is signed in. */
export const me = resource<Staff>((stop) => get<Staff>("/api/desk/me", stop));

/** `home` is where the surface asks to sign in. */
export async function signOut(home: string): Promise<void> {
  await remove("/api/sessions?kind=staff");
  forgetDrafts();
  me.put(null);
  signedOut.value = true;
  location.replace(home); // with the page goes all that it still knows
}
