import { get, remove, signedOut, type Staff } from "../shared/api";
import { resource } from "../shared/resource";
import { forgetDrafts } from "../shared/storage";

/** Who is signed in at this Desk. */
export const me = resource<Staff>((stop) => get<Staff>("/api/desk/me", stop));

export async function signOut(): Promise<void> {
  await remove("/api/sessions?kind=staff");
  forgetDrafts();
  me.put(null);
  signedOut.value = true;
  location.replace("/desk/"); // with the page goes all that it still knows
}
