import { signal } from "@preact/signals";
import type { components } from "./api.gen";

type Schemas = components["schemas"];
export type Money = Schemas["MoneyShape"];
export type Problem = Schemas["Problem"];
export type SignIn = Schemas["SignIn"];
export type Staff = Schemas["StaffView"];
export type QueueItem = Schemas["QueueItem"];
export type QueuePage = Schemas["QueuePage"];
export type Attention = Schemas["AttentionView"];
export type NewBatch = Schemas["NewBatch"];
export type BatchView = Schemas["BatchView"];
export type BatchProblem = Schemas["BatchProblem"];
export type BatchResult = Schemas["BatchResult"];
export type Give = Schemas["Give"];
export type ColleaguePage = Schemas["ColleaguePage"];
export type Card = Schemas["Card"];
export type TestView = Schemas["TestView"];
export type ReviewersPage = Schemas["ReviewersPage"];
export type Measures = Schemas["MeasuresView"];
export type Tested = Schemas["TestedView"];
export type SuggestionPage = Schemas["SuggestionPage"];
export type Suggestion = Schemas["SuggestionView"];
export type CardDecision = Schemas["DecisionView"];
export type Action = Schemas["ActionView"];
export type Argument = Schemas["ArgumentView"];
export type Origin = Schemas["OriginView"];
export type Change = Schemas["ChangeView"];
export type Effect = Schemas["EffectView"];
export type Check = Schemas["CheckView"];
export type Evidence = Schemas["EvidenceView"];
export type NewDecision = Schemas["NewDecision"];
export type EditForm = Schemas["EditForm"];
export type EditField = Schemas["FieldView"];
export type EditPreview = Schemas["EditPreview"];
export type NewEdit = Schemas["NewEdit"];
export type NewAnswer = Schemas["NewAnswer"];
export type Observation = Schemas["ObservationView"];
export type Progress = Schemas["ProgressView"];
export type ObservationPage = Schemas["ObservationPage"];
export type DeskCase = Schemas["DeskCase"];
export type DeskCaseRow = Schemas["DeskCaseRow"];
export type DeskCasePage = Schemas["DeskCasePage"];
export type DeskMessage = Schemas["CustomerMessageView"];
export type Mission = Schemas["MissionSummary"];
export type DeskEvent = Schemas["DeskEvent"];
export type Portal = Schemas["PortalView"];
export type Customer = Schemas["CustomerView"];
export type CaseSummary = Schemas["CaseSummary"];
export type CasePage = Schemas["CasePage"];
export type CustomerCase = Schemas["CaseView"];
export type CaseEvent = Schemas["CaseEvent"];
export type Message = Schemas["MessageView"];
export type Remedy = Schemas["RemedyView"];
export type Step = Schemas["StepView"];

export type DeadNotice = Schemas["NoticeView"];
export type NoticePage = Schemas["NoticePage"];
export type FreezePage = Schemas["FreezePage"];
export type Acknowledged = Schemas["Acknowledged"];
export type ConnectionPage = Schemas["ConnectionPage"];
export type ConnectionRow = Schemas["ConnectionRow"];
export type Connection = Schemas["ConnectionView"];
export type ConnectionTool = Schemas["ToolView"];
export type ChangeRow = Schemas["ChangeRow"];
export type ChangePage = Schemas["ChangePage"];
export type ChangeCard = Schemas["ChangeCard"];
export type ChangeAnswer = Schemas["ChangeAnswerView"];
export type PlaceView = Schemas["PlaceView"];
export type Finding = Schemas["FindingView"];
export type FlipItem = Schemas["FlipItem"];
export type Replayed = Schemas["Replayed"];
export type PolicyView = Schemas["PolicyView"];
export type PolicyRule = Schemas["RuleView"];
export type PolicyCheck = Schemas["PolicyCheck"];
export type PolicyError = Schemas["PolicyError"];
export type PeoplePage = Schemas["PeoplePage"];
export type PersonRow = Schemas["PersonRow"];
export type NewPerson = Schemas["NewPerson"];
export type DefinitionChange = Schemas["DefinitionChange"];
export type Manifest = Schemas["Connection-Input"];
export type Decision = Schemas["Tool-Input"];
export type SecretView = Schemas["SecretView"];
export type NewConnection = Schemas["NewConnection"];
export type TestAnswer = Schemas["TestAnswer"];
export type Authorization = Schemas["Authorization"];

/** The server said no, and why. `problem.current` is how things stand now, where that helps. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** No answer came, after all retries. What was asked for may or may not have happened. */
export class NoAnswer extends Error {}

/** True once the server has said that nobody is signed in; the page then shows its sign-in. */
export const signedOut = signal(false);

/** Made when a form opens and kept through its retries: the same key is the same act. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function get<T>(path: string, stop?: AbortSignal): Promise<T> {
  return ask<T>(path, { method: "GET", ...(stop && { signal: stop }) });
}

export function post<T>(path: string, body: unknown, key: string): Promise<T> {
  const headers = { "content-type": "application/json", "idempotency-key": key };
  return ask<T>(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** What is put is the whole new state, so doing it twice is doing it once. */
export function put<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

export function remove<T = void>(path: string): Promise<T> {
  return ask<T>(path, { method: "DELETE", headers: { "content-type": "application/json" } });
}

const patience = [400, 1200]; // before the second and the third try, in ms

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  for (let tries = 0; ; tries++) {
    const response = await fetch(path, init).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      return null;
    });
    const busy = response === null || ([429, 502, 503, 504].includes(response.status) && !tellsOfAnother(response));
    const pause = patience[tries];
    if (busy && pause !== undefined) {
      const asked = Number(response?.headers.get("retry-after") ?? 0) * 1000;
      await new Promise((done) => setTimeout(done, Math.min(Math.max(pause, asked), 10_000)));
      continue;
    }
    if (response === null) throw new NoAnswer("The server did not answer.");
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    const problem = await problemOf(response);
    if (problem.status === 401 && path !== "/api/sessions") signedOut.value = true;
    throw new Refused(problem);
  }
}

/** 502 in our server's own words: it was there, and a system behind it did not answer. Asking again does not help. */
const tellsOfAnother = (response: Response): boolean => response.status === 502 && (response.headers.get("content-type")?.includes("problem+json") ?? false);

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = response.headers.get("content-type")?.includes("json") ? await response.json() : null;
  if (body !== null && typeof body === "object" && "message" in body) return { ...(body as Problem), status: response.status };
  const message = response.status === 422 ? "The server did not accept this input." : `The server answered ${response.status}.`;
  return { type: "about:blank", title: "Error", status: response.status, code: "error", message, nothing_sent: false, current: null };
}
