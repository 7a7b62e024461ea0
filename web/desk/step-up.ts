import { signal } from "@preact/signals";
import { newKey, post, Refused } from "../shared/api";
import { explain } from "../shared/resource";

/** An answer waits for the password; it is told whether that was given. */
export const waits = signal<((given: boolean) => void) | null>(null);

/** Sends. Where the policy asks for the password again, the person is asked for it, and the very same is sent once more. */
export async function withPassword<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== "step_up_needed" || !(await given())) throw error;
    return send();
  }
}

function given(): Promise<boolean> {
  return new Promise((resolve) => {
    waits.value = (is) => {
      waits.value = null;
      resolve(is);
    };
  });
}

/** `null`: it is right, and what waited goes on. Else what is wrong, in words. */
export async function give(password: string): Promise<string | null> {
  try {
    await post("/api/sessions/step-up", { password }, newKey());
  } catch (error) {
    return explain(error).message;
  }
  waits.peek()?.(true);
  return null;
}
