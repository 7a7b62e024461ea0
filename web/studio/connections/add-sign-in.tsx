import { Choice } from "../../shared/ui/choice";
import { TextField } from "../../shared/ui/field";
import type { NewForm, WrongFields } from "./adding";

/** How we sign in there. A secret is sealed at once and never shown again. */
export function SignsIn({ of, write, wrong }: { of: NewForm; write: (next: Partial<NewForm>) => void; wrong: WrongFields }) {
  const secret = { type: "password", autocomplete: "new-password", hint: "Sealed at once, and shown to nobody again." } as const;
  return (
    <>
      <Choice
        label="How we sign in"
        row
        value={of.by}
        choose={(by) => write({ by })}
        wrong={wrong.by}
        options={[
          { value: "nothing", says: "Not at all" },
          { value: "token", says: "By a token" },
          { value: "client", says: "By OAuth" },
        ]}
      />
      {of.by === "token" && (
        <div class="pair">
          <TextField label="Token" {...secret} value={of.token} write={(token) => write({ token })} wrong={wrong.token} />
          <TextField label="In the header" class="input code" hint="Empty: Authorization, as Bearer." placeholder="Authorization" value={of.header} write={(header) => write({ header })} wrong={wrong.header} />
        </div>
      )}
      {of.by === "client" && (
        <>
          <div class="pair">
            <TextField label="Client id" class="input code" hint="We sign in as a program, by client credentials." value={of.clientId} write={(clientId) => write({ clientId })} wrong={wrong.clientId} />
            <TextField label="Client secret" {...secret} value={of.clientSecret} write={(clientSecret) => write({ clientSecret })} wrong={wrong.clientSecret} />
          </div>
          <TextField label="Scopes" class="input code" hint="If it asks for any, with spaces between." placeholder="orders:read" value={of.scopes} write={(scopes) => write({ scopes })} wrong={wrong.scopes} />
        </>
      )}
    </>
  );
}
