// Generated from openapi.json by tools/types.mjs. Do not edit.
export interface paths {
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description Sign in: staff without a portal, customers with theirs.
         */
        post: operations["sign_in"];
        /**
         * Leave
         * @description End this session; its streams end too.
         */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/portals/{portal}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Portal
         * @description The entrance, for everybody.
         */
        get: operations["portal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Me */
        get: operations["customer_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Cases
         * @description Newest first.
         */
        get: operations["customer_cases"];
        put?: never;
        /**
         * Write
         * @description Open a case with a first message. The same Idempotency-Key again is the same case.
         */
        post: operations["open_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/cases/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Case */
        get: operations["customer_case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/cases/{case_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say
         * @description Write in a case. A proposal that waits is taken back, and the worker looks again.
         */
        post: operations["write_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/cases/{case_id}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Person
         * @description Ask for a person.
         */
        post: operations["ask_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/cases/{case_id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream
         * @description The case, whole, now and after each change: a reconnect misses nothing.
         */
        get: operations["case_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Me */
        get: operations["staff_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Queue
         * @description `view=open`: all that waits for a person. `view=decided`: what people answered lately.
         */
        get: operations["queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/proposals/{proposal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Card */
        get: operations["card"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/proposals/{proposal_id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer
         * @description Approve or reject what was seen. The same answer by the same person again changes nothing.
         *
         *     409 with the current card: it was decided, taken back or changed meanwhile, and nothing was sent for this answer.
         */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/effects/{grant_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say What Happened
         * @description A person's answer about an effect of unknown outcome. None of the answers sends anything.
         */
        post: operations["answer_unknown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cases
         * @description Newest first.
         */
        get: operations["desk_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/cases/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Case */
        get: operations["desk_case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/cases/{case_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reply
         * @description A person answers the customer and holds the case from then on.
         */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/cases/{case_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close
         * @description Close a case that a person took over, with last words if there are any.
         */
        post: operations["close_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/missions/{mission_id}/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Observations
         * @description The trace of a mission from number `after` + 1 on, and whether the whole of it is as it was written.
         */
        get: operations["observations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream
         * @description `hello`, then `queue` and `case` when they changed, and each observation of `mission` after `after`, in order.
         */
        get: operations["desk_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ActionView
         * @description One sealed action. `before`/`after` come from real reads, not from the model; empty when unknown.
         */
        ActionView: {
            /** Digest */
            digest: string;
            /** Sentence */
            sentence: string;
            /** Connection */
            connection: string;
            /** Tool */
            tool: string;
            /** Reversible */
            reversible: string;
            /**
             * Effect Class
             * @enum {string}
             */
            effect_class: "keyed" | "queryable" | "neither";
            /** Arguments */
            arguments: components["schemas"]["ArgumentView"][];
            /** Changes */
            changes: components["schemas"]["ChangeView"][];
            /** Canonical */
            canonical: string;
            effect: components["schemas"]["EffectView"] | null;
        };
        /**
         * ArgumentView
         * @description `value` is exactly what will be sent; `shown` is the same for a person (money, dates).
         */
        ArgumentView: {
            /** Name */
            name: string;
            /** Value */
            value: unknown;
            /** Shown */
            shown: string;
            origin: components["schemas"]["OriginView"];
        };
        /**
         * Card
         * @description All a person needs to decide on one item of the queue. `digest` is what a decision must carry as `digest`.
         */
        Card: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "proposal" | "unknown_effect" | "handoff";
            /** Digest */
            digest: string;
            /** Title */
            title: string;
            /**
             * Risk
             * @enum {string}
             */
            risk: "low" | "medium" | "high";
            /**
             * State
             * @enum {string}
             */
            state: "open" | "approved" | "rejected" | "superseded" | "withdrawn" | "done";
            /** Case Id */
            case_id: string;
            /** Mission Id */
            mission_id: string;
            /** Brief */
            brief: string | null;
            /** Worker */
            worker: string;
            /** Customer */
            customer: string;
            /** Identity */
            identity: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Actions */
            actions: components["schemas"]["ActionView"][];
            /** Message */
            message: string | null;
            /** Reasons */
            reasons: string[];
            /** Evidence */
            evidence: components["schemas"]["EvidenceView"][];
            ruling: components["schemas"]["RulingView"] | null;
            stale: components["schemas"]["StaleView"] | null;
            /** Messages */
            messages: components["schemas"]["CustomerMessageView"][];
            /** Decisions */
            decisions: components["schemas"]["DecisionView"][];
            /** Can */
            can: ("approve" | "reject" | "happened" | "not_happened" | "check_again" | "reply" | "close")[];
            /** Cannot */
            cannot: string | null;
        };
        /** CasePage */
        CasePage: {
            /** Items */
            items: components["schemas"]["CaseSummary"][];
            /** Next */
            next: string | null;
        };
        /** CaseSummary */
        CaseSummary: {
            /** Id */
            id: string;
            /** Subject */
            subject: string;
            /**
             * State
             * @enum {string}
             */
            state: "working" | "your_answer" | "person_decides" | "carrying_out" | "being_checked" | "with_person" | "closed";
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * CaseView
         * @description A whole case. The stream sends it again, whole, whenever something in it has changed.
         */
        CaseView: {
            /** Id */
            id: string;
            /** Subject */
            subject: string;
            /**
             * State
             * @enum {string}
             */
            state: "working" | "your_answer" | "person_decides" | "carrying_out" | "being_checked" | "with_person" | "closed";
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Steps */
            steps: components["schemas"]["StepView"][];
            /** Messages */
            messages: components["schemas"]["MessageView"][];
            /** Remedies */
            remedies: components["schemas"]["RemedyView"][];
            closing: components["schemas"]["ClosingView"] | null;
            /** Can */
            can: ("write" | "ask_person")[];
        };
        /**
         * ChangeView
         * @description One fact before and after.
         */
        ChangeView: {
            /** Label */
            label: string;
            /** Before */
            before: string;
            /** After */
            after: string;
        };
        /**
         * CheckView
         * @description One thing read back in the system of record, and whether it held.
         */
        CheckView: {
            /** Says */
            says: string;
            /** Held */
            held: boolean;
        };
        /**
         * ClosingView
         * @description How the matter ended, in plain words.
         */
        ClosingView: {
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "resolved" | "explained" | "declined" | "handed_off" | "withdrawn" | "failed";
            /** Text */
            text: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /** CustomerMessageView */
        CustomerMessageView: {
            /**
             * Author
             * @enum {string}
             */
            author: "customer" | "assistant" | "person";
            /** Name */
            name: string;
            /** Text */
            text: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /** CustomerView */
        CustomerView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            portal: components["schemas"]["PortalView"];
        };
        /** DecisionView */
        DecisionView: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "reject";
            /** By */
            by: string;
            /** Role */
            role: string;
            /** Reason */
            reason: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /** DeskCase */
        DeskCase: {
            /** Id */
            id: string;
            /** Subject */
            subject: string;
            /** Customer */
            customer: string;
            /** Customer Email */
            customer_email: string;
            /** Portal */
            portal: string;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** With Person */
            with_person: boolean;
            /** Missions */
            missions: components["schemas"]["MissionSummary"][];
            /** Messages */
            messages: components["schemas"]["CustomerMessageView"][];
            /** Can */
            can: ("approve" | "reject" | "happened" | "not_happened" | "check_again" | "reply" | "close")[];
        };
        /** DeskCasePage */
        DeskCasePage: {
            /** Items */
            items: components["schemas"]["DeskCaseRow"][];
            /** Next */
            next: string | null;
        };
        /** DeskCaseRow */
        DeskCaseRow: {
            /** Id */
            id: string;
            /** Subject */
            subject: string;
            /** Customer */
            customer: string;
            /** State */
            state: string;
            /** Outcome */
            outcome: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * EffectView
         * @description What became of an approved action. `reference` is the system of record's own.
         */
        EffectView: {
            /** Grant Id */
            grant_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "intent" | "sent" | "done" | "failed" | "unknown" | "stale" | "skipped";
            /** Reference */
            reference: string | null;
            /** Why */
            why: string | null;
            /** Proved */
            proved: boolean | null;
            /** Checks */
            checks: components["schemas"]["CheckView"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Can */
            can: ("approve" | "reject" | "happened" | "not_happened" | "check_again" | "reply" | "close")[];
        };
        /**
         * EvidenceView
         * @description One read or passage that the proposal rests on.
         */
        EvidenceView: {
            /** Observation */
            observation: number;
            /** Label */
            label: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "record" | "article";
            /** Quote */
            quote: string;
            /** Source */
            source: string;
            /**
             * Read At
             * Format: date-time
             */
            read_at: string;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /** MessageView */
        MessageView: {
            /** Id */
            id: string;
            /**
             * Author
             * @enum {string}
             */
            author: "customer" | "assistant" | "person";
            /** Name */
            name: string;
            /** Text */
            text: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /** MissionSummary */
        MissionSummary: {
            /** Id */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "runnable" | "waiting" | "done";
            /** Waits For */
            waits_for: string | null;
            /** Brief */
            brief: string | null;
            /** Worker */
            worker: string | null;
            /** Outcome */
            outcome: string | null;
            /** Verdict */
            verdict: string | null;
            /** Proof */
            proof: components["schemas"]["CheckView"][];
            /**
             * Began At
             * Format: date-time
             */
            began_at: string;
            /** Ended At */
            ended_at: string | null;
        };
        /**
         * MoneyShape
         * @description Exact money: `minor` units (cents) of an ISO 4217 `currency`.
         */
        MoneyShape: {
            /** Minor */
            minor: number;
            /** Currency */
            currency: string;
        };
        /**
         * NewAnswer
         * @description A person's answer about an effect of unknown outcome. None of these sends anything.
         */
        NewAnswer: {
            /**
             * Answer
             * @enum {string}
             */
            answer: "happened" | "not_happened" | "check_again";
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * NewDecision
         * @description `digest` is the one shown on the card; another one is a 409 with the current card.
         */
        NewDecision: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "reject";
            /** Digest */
            digest: string;
            /** Reason */
            reason?: string | null;
        };
        /** NewMessage */
        NewMessage: {
            /** Text */
            text: string;
        };
        /** ObservationPage */
        ObservationPage: {
            /** Items */
            items: components["schemas"]["ObservationView"][];
            /** Verified */
            verified: boolean;
            /** Verified To */
            verified_to: number;
            /** Broken */
            broken: string | null;
        };
        /**
         * ObservationView
         * @description One line of the Explain rail. `line` is plain words; `detail` is what opens below it.
         */
        ObservationView: {
            /** Mission Id */
            mission_id: string;
            /** N */
            n: number;
            /** Kind */
            kind: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Line */
            line: string;
            /** Source */
            source: string | null;
            /** Took Ms */
            took_ms: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "failed" | "waiting";
            /** Detail */
            detail: {
                [key: string]: unknown;
            };
            /** Hash */
            hash: string;
        };
        /**
         * OriginView
         * @description Where a value came from. `observation` and `path` lead to the very field; `quote` is the customer's words.
         */
        OriginView: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "record" | "customer" | "bound" | "rule" | "person" | "model";
            /** Label */
            label: string;
            /** Observation */
            observation: number | null;
            /** Path */
            path: string | null;
            /** Quote */
            quote: string | null;
        };
        /**
         * PortalView
         * @description The entrance, before anybody signed in. `hue` is 0 to 360, `accent` is made from it by the page.
         */
        PortalView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Greeting */
            greeting: string;
            /** Assistant */
            assistant: string;
            /** Hue */
            hue: number;
        };
        /**
         * QueueItem
         * @description One row of the Decision Queue. `title` is made by our code from the sealed bytes: verb, object, amount.
         */
        QueueItem: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "proposal" | "unknown_effect" | "handoff";
            /** Title */
            title: string;
            amount: components["schemas"]["MoneyShape"] | null;
            /**
             * Risk
             * @enum {string}
             */
            risk: "low" | "medium" | "high";
            /** Customer */
            customer: string;
            /** Brief */
            brief: string | null;
            /** Case Id */
            case_id: string;
            /** Mission Id */
            mission_id: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Signed */
            signed: number;
            /** Needed */
            needed: number;
            /** Changed */
            changed: boolean;
            /** Decided */
            decided: string | null;
            /** Decided At */
            decided_at: string | null;
        };
        /** QueuePage */
        QueuePage: {
            /** Items */
            items: components["schemas"]["QueueItem"][];
            /** Waiting */
            waiting: number;
            /** Next */
            next: string | null;
        };
        /**
         * RemedyView
         * @description What is proposed for the customer, in their words; `reference` is the system of record's own.
         */
        RemedyView: {
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "carrying_out" | "done" | "being_checked" | "not_possible";
            /** Title */
            title: string;
            amount: components["schemas"]["MoneyShape"] | null;
            /** Reference */
            reference: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /** Reply */
        Reply: {
            /** Text */
            text: string;
        };
        /**
         * RulingView
         * @description The policy's answer in sentences, with the rules that gave it.
         */
        RulingView: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "deny" | "needs_approvals";
            /** Sentence */
            sentence: string;
            /** Rules */
            rules: string[];
            /** Policy */
            policy: string;
            /** Needed */
            needed: number;
            /** Role */
            role: string | null;
        };
        /**
         * SignIn
         * @description Staff sign in without a portal, customers with the portal they enter by.
         */
        SignIn: {
            /** Email */
            email: string;
            /** Password */
            password: string;
            /** Portal */
            portal?: string | null;
        };
        /**
         * SignedIn
         * @description `token` is for programs (sent as bearer); browsers get a cookie and may forget it.
         */
        SignedIn: {
            /** Token */
            token: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "staff" | "customer";
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Role */
            role: string | null;
            /** Portal */
            portal: string | null;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
        };
        /** StaffView */
        StaffView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Email */
            email: string;
            /**
             * Role
             * @enum {string}
             */
            role: "agent" | "supervisor" | "admin" | "auditor";
        };
        /**
         * StaleView
         * @description Why an approved action was not sent: what had changed since it was proposed.
         */
        StaleView: {
            /** Sentence */
            sentence: string;
            /** Changes */
            changes: components["schemas"]["ChangeView"][];
            /** Approvals Void */
            approvals_void: string[];
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /** StepView */
        StepView: {
            /** Label */
            label: string;
            /**
             * State
             * @enum {string}
             */
            state: "done" | "current" | "ahead";
        };
        /** ValidationError */
        ValidationError: {
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
            /** Input */
            input?: unknown;
            /** Context */
            ctx?: Record<string, never>;
        };
        /**
         * CaseEvent
         * @description One event of a case's stream: `case` carries the case, `bye` says that the session ended.
         */
        CaseEvent: {
            /**
             * Type
             * @enum {string}
             */
            type: "case" | "bye";
            /** @default null */
            case: components["schemas"]["CaseView"] | null;
        };
        /**
         * DeskEvent
         * @description One event of the Desk's stream.
         *
         *     `hello` opens it, `queue` says that the queue changed (`waiting` is its new length) and what changed in it,
         *     `observation` carries the next line of the mission asked for, `case` says that some case changed, `bye` that the
         *     session ended.
         */
        DeskEvent: {
            /**
             * Type
             * @enum {string}
             */
            type: "hello" | "queue" | "observation" | "case" | "bye";
            /**
             * Waiting
             * @default null
             */
            waiting: number | null;
            /**
             * Changed
             * @default []
             */
            changed: string[];
            /** @default null */
            observation: components["schemas"]["ObservationView"] | null;
            /**
             * Case Id
             * @default null
             */
            case_id: string | null;
        };
        /**
         * Problem
         * @description RFC 9457 problem+json. `nothing_sent` is false when nobody knows: a reply can be lost after it was saved.
         */
        Problem: {
            /**
             * Type
             * @default about:blank
             */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Code */
            code: string;
            /** Message */
            message: string;
            /**
             * Nothing Sent
             * @default true
             */
            nothing_sent: boolean;
            /**
             * Current
             * @default null
             */
            current: {
                [key: string]: unknown;
            } | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: {
                kind?: "customer" | "staff";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    portal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                portal: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    customer_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
        };
    };
    customer_cases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
        };
    };
    open_case: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    customer_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    write_message: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    ask_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    case_stream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    staff_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffView"];
                };
            };
        };
    };
    queue: {
        parameters: {
            query?: {
                view?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePage"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    card: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Card"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDecision"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Card"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    answer_unknown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnswer"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Card"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    desk_cases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskCasePage"];
                };
            };
        };
    };
    desk_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskCase"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reply"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskCase"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    close_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reply"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskCase"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    observations: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                mission_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObservationPage"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    desk_stream: {
        parameters: {
            query?: {
                after?: number;
                mission?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
}
