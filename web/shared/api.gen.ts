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
    "/api/sessions/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Step Up Again
         * @description Staff give their password again in this session; what the policy asks it for can be approved for five minutes.
         *
         *     403 `wrong_password`; 429 after ten wrong ones, as at the sign-in.
         */
        post: operations["step_up"];
        delete?: never;
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
         * @description `view=open`: all that waits for a person, but for what is put aside. `view=decided`: what was answered lately.
         *
         *     `mine`: claimed by or given to whoever asks, or to their role. `words` stand in the title, subject or name.
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
         * @description Approve or reject what was seen; with `undo` it can be taken back for so many seconds, and counts after that.
         *
         *     The same answer by the same person again changes nothing; under the same key also when it was taken back meanwhile.
         *
         *     409 with the current card: it was decided, taken back or changed meanwhile, and nothing was sent for this answer.
         *     403 `step_up_needed`: the policy asks for the password again (`POST /api/sessions/step-up`); then send the same.
         */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/decisions/{decision_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Undo
         * @description Take one's own decision back while it is held. It stays in the record, and never counts.
         *
         *     409 with the current card: it counts already, or nothing is left to decide.
         */
        delete: operations["take_back"];
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
    "/api/desk/proposals/{proposal_id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Form
         * @description What of a proposal a person can change, and how.
         *
         *     409 for a proposal whose tool is not the reviewed one any more.
         */
        get: operations["edit_form"];
        put?: never;
        /**
         * Save
         * @description Close the proposal and put the edited one in its place: the card is the new one's. Under the same key it is once.
         *
         *     409 with the current card: it was decided or changed meanwhile, and nothing was changed by this.
         */
        post: operations["edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/proposals/{proposal_id}/edit/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try Out
         * @description What this edit would come to, by the schema and today's policy. Nothing is written.
         *
         *     422 says what does not fit. 409 with the current card: it was decided or changed meanwhile.
         */
        post: operations["preview_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Colleagues
         * @description Who decides, by name: something can be given to them.
         */
        get: operations["colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/queue/{item}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim It
         * @description Read it now, for five minutes; again, to go on. 409: somebody else does, and says until when.
         */
        post: operations["claim"];
        /**
         * Release It
         * @description Read it no longer.
         */
        delete: operations["release"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/queue/{item}/looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look At It
         * @description What it rests on was looked at. The first time counts, while it waits; nothing more is kept of how one reads.
         */
        post: operations["look"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/queue/{item}/give": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give It
         * @description To a colleague, to the supervisors, or to everybody again, with a note for them.
         */
        post: operations["give"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/queue/{item}/aside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put It Aside
         * @description Not shown until then, unless its service level is over before.
         */
        post: operations["put_aside"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/proposals/{proposal_id}/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask
         * @description Ask the customer first: the proposal is taken back, and the worker goes on from the answer.
         *
         *     409 with the current card: it was decided or taken back meanwhile, and nothing was asked.
         */
        post: operations["ask_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/proposals/{proposal_id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take
         * @description Answer the customer oneself from now on: the proposal is taken back, and the mission ends.
         *
         *     409 with the current card: it was decided or taken back meanwhile.
         */
        post: operations["take_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/batches/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description What approving them together would come to, and what speaks against it. Nothing is written.
         */
        post: operations["preview_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description Approve all of them. Each runs for itself afterwards, and its card tells what became of it.
         *
         *     409 with what does not fit: nothing was decided.
         */
        post: operations["approve_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes
         * @description Those that wait, oldest first; or the closed ones, newest first. `one_hand`: adopted without a second person.
         */
        get: operations["changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/changes/{change_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Change */
        get: operations["change"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/changes/{change_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Replay
         * @description What a policy that waits would have said to the proposals of the last days. 409: it is no policy.
         */
        get: operations["replay_change"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/changes/{change_id}/answers": {
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
         * @description Approve or reject the change with the digest `seen`; the second different person adopts it.
         *
         *     The same answer by the same person again changes nothing. 409 with the current change: it was answered, withdrawn
         *     or replaced meanwhile, or what it started from is not in force any more. 403: you asked for it yourself.
         */
        post: operations["answer_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/changes/{change_id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw
         * @description Who asked takes it back. 409 with the current change: it is closed already.
         */
        post: operations["withdraw_change"];
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
         * @description `hello`, then `queue`, `case`, `connections` and `freeze` when they changed.
         *
         *     Of `mission` each observation after `after`, in order, and between them the newest `progress` of its running reads;
         *     of that, words may be left out.
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
    "/api/desk/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Freezes
         * @description What is frozen now.
         */
        get: operations["freezes"];
        put?: never;
        /**
         * Begin
         * @description Stop effects. Once this is answered, nothing of the scope is sent; what had been sent before is listed.
         */
        post: operations["freeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/freezes/{freeze_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End
         * @description Let effects go on. Before each, what it rests on is read again.
         */
        delete: operations["lift_freeze"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dead
         * @description What was given up, the newest first, and why the last attempt failed.
         */
        get: operations["dead_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/notices/{notice_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry
         * @description Tell it again, from the first attempt on and with the same id; what is still given up. 409: it is not dead.
         */
        post: operations["retry_notice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/reviewers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reviewers
         * @description How everybody decided in the last days; an agent sees themselves alone.
         *
         *     Where the installation says that nobody's own measures are shown, others than oneself stand in the sums only.
         */
        get: operations["reviewers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggested
         * @description Rules that the decisions of the last days suggest, each with its replay on the same days. Nothing is written.
         */
        get: operations["suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connections
         * @description All connections, from what is stored.
         */
        get: operations["connections"];
        put?: never;
        /**
         * Add
         * @description Ask the server; if it answers and everything fits, keep the connection with our proposal for each tool.
         *
         *     Nothing can be used before its review. 502: it does not answer, and nothing was kept.
         */
        post: operations["add_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/connections/{connection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection
         * @description One connection beside what its server says now: the server is asked.
         */
        get: operations["connection"];
        /**
         * Change
         * @description Decide anew. What was reviewed stays reviewed; a tool that was not is still not there.
         *
         *     With another address, all secrets are forgotten and those for reading are given again: what was entrusted to one
         *     place is not sent to another.
         *
         *     Of a connection with reviewed tools this waits for a second admin: `waiting` names the change, what was in force
         *     stays in force, and no secret is kept; give them once it is adopted.
         */
        put: operations["change_connection"];
        post?: never;
        /**
         * Take Out
         * @description Take a connection out, with its secrets. Traces keep what they hold. 409 while a brief uses it.
         *
         *     202 with the change: it has reviewed tools, and waits for a second admin.
         */
        delete: operations["remove_connection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/connections/{connection_id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Review Tools
         * @description Pin the tools that were read, or ask for it: out of setup they are there once a second admin agreed (`waiting`).
         *
         *     409: the server's words changed while you were reading.
         */
        post: operations["review_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/connections/{connection_id}/secrets/{side}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Secret
         * @description Give a secret its value. It is sealed, and nobody is shown it again.
         *
         *     409 for a name that stands in the address or command of a connection kept in a file: where the system is, is said
         *     on the machine.
         */
        put: operations["set_secret"];
        post?: never;
        /** Unset Secret */
        delete: operations["forget_secret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/connections/{connection_id}/test-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Call
         * @description Call a reviewed read as one customer. A write is never called.
         */
        post: operations["test_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/connections/{connection_id}/authorizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Authorize
         * @description Begin to sign in by consent: the same admin opens `url` within ten minutes and agrees.
         */
        post: operations["authorize_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection Authorized
         * @description Where the browser comes back to; it is sent on to the connection's page.
         */
        get: operations["connection_authorized"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Policy
         * @description What is in force, since when and by whom, what was, and what waits.
         */
        get: operations["policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/policy/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check
         * @description Look at a draft: whether it can be read, what is found in it, where it turns, the difference. Writes nothing.
         */
        post: operations["check_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/policy/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay
         * @description What a draft would have said to the proposals of the last days. 422: it cannot be read. Writes nothing.
         */
        post: operations["replay_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/policy/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose
         * @description Ask for another policy. 422 with `findings`: it would not do what somebody means. 409: another is in force.
         */
        post: operations["propose_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People
         * @description All accounts of staff, also closed ones.
         */
        get: operations["people"];
        put?: never;
        /**
         * Add
         * @description Add an account; look at the change's state: in setup it is adopted, after that it waits.
         */
        post: operations["add_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/people/same": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Same
         * @description Two accounts are one person's from now on, also for what was signed before and did not run yet.
         *
         *     The answer has all addresses of that person. It cannot be taken back: it only ever asks for more people.
         */
        post: operations["same_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/people/{staff_id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Role
         * @description Give somebody another role; it holds from their next request on, once the change is adopted.
         */
        put: operations["change_role"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/people/{staff_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Close
         * @description Close an account: nobody signs in by it any more, and who is signed in is not, once the change is adopted.
         */
        delete: operations["close_account"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys
         * @description One's own, an admin's view of all: newest first, also those that are over.
         */
        get: operations["api_keys"];
        put?: never;
        /**
         * Add
         * @description A key of one's own. Its `secret` is in this answer, and never shown again.
         */
        post: operations["add_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studio/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End
         * @description It is good for nothing any more: one's own, or for an admin anybody's.
         */
        delete: operations["end_api_key"];
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
         * Acknowledged
         * @description From now on nothing of this scope is sent. `in_flight` had been sent before, and may still be carried out.
         */
        Acknowledged: {
            freeze: components["schemas"]["FreezeView"];
            /** In Flight */
            in_flight: components["schemas"]["InFlight"][];
        };
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
         * AgainstView
         * @description One thing that speaks against it. `observation` of its mission's trace, or another `proposal`, shows it.
         */
        AgainstView: {
            /**
             * Weight
             * @enum {string}
             */
            weight: "look" | "serious";
            /** Sentence */
            sentence: string;
            /** Observation */
            observation: number | null;
            /** Proposal */
            proposal: string | null;
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
         * AttentionView
         * @description Who looks at it: `claimed_by` reads it now, it was `given_to` somebody, or put aside until later.
         */
        AttentionView: {
            /** Claimed By */
            claimed_by: string | null;
            /** Claimed Until */
            claimed_until: string | null;
            /** Mine */
            mine: boolean;
            /** Given To */
            given_to: string | null;
            /** Given By */
            given_by: string | null;
            /** Note */
            note: string | null;
            /** Aside Until */
            aside_until: string | null;
            /** Aside By */
            aside_by: string | null;
        };
        /**
         * Authorization
         * @description The address where an admin agrees.
         */
        Authorization: {
            /** Url */
            url: string;
        };
        /**
         * AuthorizationCode
         * @description OAuth 2.1 with PKCE: an admin agrees once in a browser; then tokens are renewed.
         *
         *     Without `client_id` we register ourselves where the server allows it.
         */
        AuthorizationCode: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "authorization_code";
            /** Client Id */
            client_id?: string | null;
            /** Client Secret */
            client_secret?: string | null;
            /**
             * Scopes
             * @default []
             */
            scopes: string[];
        };
        /**
         * AwayView
         * @description A connected system that does not answer, as a mission met it.
         */
        AwayView: {
            /** System */
            system: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Why */
            why: string;
        };
        /** BatchItem */
        BatchItem: {
            /** Id */
            id: string;
            /** Digest */
            digest: string;
        };
        /**
         * BatchProblem
         * @description Why this one cannot be approved in this batch.
         */
        BatchProblem: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Why */
            why: string;
        };
        /**
         * BatchResult
         * @description Each runs for itself: its own card tells what became of it.
         */
        BatchResult: {
            /** Approved */
            approved: string[];
        };
        /**
         * BatchView
         * @description What approving them all would come to. `outliers` are much larger than the rest: look at each by itself.
         */
        BatchView: {
            /** Items */
            items: number;
            /** Sums */
            sums: components["schemas"]["MoneyShape"][];
            /** Outliers */
            outliers: components["schemas"]["BatchProblem"][];
            /** Problems */
            problems: components["schemas"]["BatchProblem"][];
        };
        /**
         * Bearer
         * @description A fixed token, as `Authorization: Bearer` or in a header of the system's own.
         */
        Bearer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "bearer";
            /** Token */
            token: string;
            /** Header */
            header?: string | null;
        };
        /**
         * Card
         * @description All a person needs to decide on one item of the queue. `digest` is what a decision must carry as `digest`.
         *
         *     `signed`: how many people have approved it so that it counts, whoever has however many accounts.
         */
        Card: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "proposal" | "unknown_effect" | "handoff" | "changed_tools";
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
            state: "open" | "approved" | "rejected" | "responded" | "edited" | "superseded" | "withdrawn" | "done" | "test";
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
            /** Against */
            against: components["schemas"]["AgainstView"][];
            opinion: components["schemas"]["OpinionView"] | null;
            stale: components["schemas"]["StaleView"] | null;
            edited: components["schemas"]["EditedView"] | null;
            /** Messages */
            messages: components["schemas"]["CustomerMessageView"][];
            /** Decisions */
            decisions: components["schemas"]["DecisionView"][];
            /** Signed */
            signed: number;
            /** Due At */
            due_at: string | null;
            attention: components["schemas"]["AttentionView"] | null;
            /** Can */
            can: ("approve" | "edit" | "reject" | "respond" | "take_over" | "ask" | "happened" | "not_happened" | "check_again" | "take_back" | "reply" | "close")[];
            /** Cannot */
            cannot: string | null;
            test?: components["schemas"]["TestView"] | null;
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
            state: "working" | "your_answer" | "person_decides" | "carrying_out" | "system_away" | "being_checked" | "with_person" | "closed";
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
            state: "working" | "your_answer" | "person_decides" | "carrying_out" | "system_away" | "being_checked" | "with_person" | "closed";
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
         * ChangeAnswerView
         * @description `asked`: they stand behind it because they asked. `counts`: they have the right now.
         */
        ChangeAnswerView: {
            /** By Id */
            by_id: string;
            /** By */
            by: string;
            /** Role */
            role: string;
            /**
             * Answer
             * @enum {string}
             */
            answer: "asked" | "approve" | "reject";
            /** Note */
            note: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Counts */
            counts: boolean;
        };
        /**
         * ChangeCard
         * @description All that a person needs to answer. `digest` goes back as `seen`; `cannot` says why one may not answer.
         *
         *     `base` is the version it starts from, `stands` the one in force now: if they differ it cannot be adopted any more.
         *     `text` is the whole policy, of a policy; `findings` are those of one that waits.
         */
        ChangeCard: {
            row: components["schemas"]["ChangeRow"];
            /** Digest */
            digest: string;
            /** Base */
            base: string;
            /** Stands */
            stands: string;
            /** Difference */
            difference: components["schemas"]["PlaceView"][];
            /** Text */
            text: string | null;
            /** Findings */
            findings: components["schemas"]["FindingView"][];
            /** Answers */
            answers: components["schemas"]["ChangeAnswerView"][];
            /** May Answer */
            may_answer: boolean;
            /** Cannot */
            cannot: string | null;
            /** May Withdraw */
            may_withdraw: boolean;
            /** Setup */
            setup: boolean;
        };
        /**
         * ChangePage
         * @description `setup`: the rights of which there never were two people: changes that need them go by one hand.
         */
        ChangePage: {
            /** Items */
            items: components["schemas"]["ChangeRow"][];
            /** Open */
            open: number;
            /** Setup */
            setup: string[];
        };
        /**
         * ChangeRow
         * @description One line of the list. `needed`: how many more people must approve; `one_hand`: nobody was second, in setup.
         */
        ChangeRow: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "policy" | "connection" | "role";
            /** Subject */
            subject: string;
            /** Title */
            title: string;
            /** Why */
            why: string;
            /**
             * Source
             * @enum {string}
             */
            source: "staff" | "file" | "suggestion" | "operator";
            /** Asked By */
            asked_by: string;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "adopted" | "rejected" | "withdrawn" | "replaced";
            /** One Hand */
            one_hand: boolean;
            /** Closed At */
            closed_at: string | null;
            /** Closed By */
            closed_by: string | null;
            /** Closed Why */
            closed_why: string | null;
            /** Needed */
            needed: number;
            /** May Answer */
            may_answer: boolean;
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
         * ChangedConnection
         * @description `version` is the one that was read: who changed it meanwhile is not overwritten. `secrets`: new ones.
         */
        ChangedConnection: {
            manifest: components["schemas"]["Connection-Input"];
            /** Version */
            version: number;
            /**
             * Secrets
             * @default {}
             */
            secrets: {
                [key: string]: string;
            };
        };
        /**
         * Changes
         * @description One line of "what will change" on the card: in the record that argument `of` came from, `path` changes.
         */
        Changes: {
            /** Of */
            of: string;
            /** Label */
            label: string;
            /** Path */
            path: string;
            /** Becomes */
            becomes: string;
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
         * Claim
         * @description `although`: somebody else reads it, and it is known that they left.
         */
        Claim: {
            /**
             * Although
             * @default false
             */
            although: boolean;
        };
        /**
         * ClientCredentials
         * @description OAuth 2.1, as the program itself: discovery, resource indicator, tokens renewed.
         */
        ClientCredentials: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "client_credentials";
            /** Client Id */
            client_id: string;
            /** Client Secret */
            client_secret: string;
            /**
             * Scopes
             * @default []
             */
            scopes: string[];
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
        /**
         * ColleaguePage
         * @description Who decides, so that something can be given to them.
         */
        ColleaguePage: {
            /** Items */
            items: components["schemas"]["StaffView"][];
        };
        /**
         * Connection
         * @description One configured MCP server. `server` is the name it gives itself; it is part of every pin.
         *
         *     `auth` is how we sign in to read, `write_auth` to write, where the system offers two. `missing`: the refusals that
         *     mean "no such record", by their sentence or what stands before its first colon. Any other refusal of a read is a
         *     failure, never an empty answer. `refusal`: where a refusal's sentence stands in its structured content. `whole_for`:
         *     all of it belongs to the one customer with this id, for a system that names no owners. `patience`: seconds for one
         *     call.
         */
        "Connection-Input": {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Server */
            server: string;
            /**
             * Missing
             * @default []
             */
            missing: string[];
            /** Refusal */
            refusal?: string | null;
            /** Whole For */
            whole_for?: string | null;
            /** Patience */
            patience?: number | null;
            http?: components["schemas"]["Http"] | null;
            stdio?: components["schemas"]["Stdio"] | null;
            /** Auth */
            auth?: (components["schemas"]["Bearer"] | components["schemas"]["ClientCredentials"] | components["schemas"]["AuthorizationCode"]) | null;
            /** Write Auth */
            write_auth?: (components["schemas"]["Bearer"] | components["schemas"]["ClientCredentials"] | components["schemas"]["AuthorizationCode"]) | null;
            /**
             * Tool
             * @default {}
             */
            tool: {
                [key: string]: components["schemas"]["Tool-Input"];
            };
        };
        /**
         * Connection
         * @description One configured MCP server. `server` is the name it gives itself; it is part of every pin.
         *
         *     `auth` is how we sign in to read, `write_auth` to write, where the system offers two. `missing`: the refusals that
         *     mean "no such record", by their sentence or what stands before its first colon. Any other refusal of a read is a
         *     failure, never an empty answer. `refusal`: where a refusal's sentence stands in its structured content. `whole_for`:
         *     all of it belongs to the one customer with this id, for a system that names no owners. `patience`: seconds for one
         *     call.
         */
        "Connection-Output": {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Server */
            server: string;
            /**
             * Missing
             * @default []
             */
            missing: string[];
            /** Refusal */
            refusal?: string | null;
            /** Whole For */
            whole_for?: string | null;
            /** Patience */
            patience?: number | null;
            http?: components["schemas"]["Http"] | null;
            stdio?: components["schemas"]["Stdio"] | null;
            /** Auth */
            auth?: (components["schemas"]["Bearer"] | components["schemas"]["ClientCredentials"] | components["schemas"]["AuthorizationCode"]) | null;
            /** Write Auth */
            write_auth?: (components["schemas"]["Bearer"] | components["schemas"]["ClientCredentials"] | components["schemas"]["AuthorizationCode"]) | null;
            /**
             * Tool
             * @default {}
             */
            tool: {
                [key: string]: components["schemas"]["Tool-Output"];
            };
        };
        /** ConnectionPage */
        ConnectionPage: {
            /** Items */
            items: components["schemas"]["ConnectionRow"][];
            /** Can Add */
            can_add: boolean;
        };
        /**
         * ConnectionRow
         * @description One line of the list, from what is stored: no server is asked. `changed` names the tools that were taken away.
         */
        ConnectionRow: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Where */
            where: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "http" | "stdio";
            /**
             * Source
             * @enum {string}
             */
            source: "file" | "api";
            /** Version */
            version: number;
            /** Changed By */
            changed_by: string;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Reads */
            reads: number;
            /** Writes */
            writes: number;
            /** Undecided */
            undecided: number;
            /** Changed */
            changed: string[];
            health: components["schemas"]["HealthView"] | null;
        };
        /**
         * ConnectionView
         * @description A connection beside its server. `away`: it does not answer, and why; then `tools` are as they were reviewed.
         */
        ConnectionView: {
            row: components["schemas"]["ConnectionRow"];
            manifest: components["schemas"]["Connection-Output"];
            /** Server */
            server: string | null;
            /** Protocol */
            protocol: string | null;
            /** Beyond */
            beyond: string[];
            /** Away */
            away: string | null;
            /** Misfits */
            misfits: string[];
            /** Tools */
            tools: components["schemas"]["ToolView"][];
            /** Secrets */
            secrets: components["schemas"]["SecretView"][];
            /** Can Change */
            can_change: boolean;
            /**
             * Kept By
             * @description Where to change it, if not here.
             */
            kept_by: string | null;
            /**
             * Waiting
             * @description The newest change of it that waits for a second person.
             */
            waiting: string | null;
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
        /**
         * DecisionView
         * @description Only what `counts` counts. `why` says what stopped it; `unused`: the proposal was closed while it was held.
         *
         *     `policy`: the version that it was ruled by. `stepped_up`: they had given their password again.
         */
        DecisionView: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "edit" | "reject" | "respond";
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
            /**
             * Standing
             * @enum {string}
             */
            standing: "held" | "counts" | "taken_back" | "stopped" | "unused";
            held: components["schemas"]["HeldView"] | null;
            /** Why */
            why: string | null;
            /** Stepped Up */
            stepped_up: boolean;
            /** Can */
            can: ("approve" | "edit" | "reject" | "respond" | "take_over" | "ask" | "happened" | "not_happened" | "check_again" | "take_back" | "reply" | "close")[];
            /** Policy */
            policy: string | null;
        };
        /**
         * DefinitionChange
         * @description A field of a definition before and after; `lines` is the difference, each line with ` `, `-` or `+` before it.
         */
        DefinitionChange: {
            /** Field */
            field: string;
            /** Before */
            before: string | null;
            /** After */
            after: string | null;
            /** Lines */
            lines: string[];
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
            can: ("approve" | "edit" | "reject" | "respond" | "take_over" | "ask" | "happened" | "not_happened" | "check_again" | "take_back" | "reply" | "close")[];
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
         * EditForm
         * @description What a person can change in a proposal. `digest` is what an edit must carry.
         */
        EditForm: {
            /** Digest */
            digest: string;
            /** Actions */
            actions: components["schemas"]["EditableAction"][];
            /** Message */
            message: string | null;
        };
        /**
         * EditPreview
         * @description What an edit would make of the proposal, and what today's policy would say to that.
         */
        EditPreview: {
            /** Title */
            title: string;
            /** Changes */
            changes: components["schemas"]["ChangeView"][];
            ruling: components["schemas"]["RulingView"];
        };
        /** EditableAction */
        EditableAction: {
            /** Sentence */
            sentence: string;
            /** Connection */
            connection: string;
            /** Tool */
            tool: string;
            /** Fields */
            fields: components["schemas"]["FieldView"][];
        };
        /**
         * EditedView
         * @description Who made this of the proposal `of`, and what they changed. Somebody else must approve it.
         */
        EditedView: {
            /** Of */
            of: string;
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
            /** Changes */
            changes: components["schemas"]["ChangeView"][];
        };
        /**
         * EffectView
         * @description What became of an approved action. `reference` is the system of record's own, `key` ours, which it was sent with.
         *
         *     `at`: since when it stands so, and for one of unknown outcome, when the system was asked last.
         */
        EffectView: {
            /** Grant Id */
            grant_id: string;
            /** Digest */
            digest: string;
            /** Key */
            key: string;
            /** Sent At */
            sent_at: string | null;
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
            can: ("approve" | "edit" | "reject" | "respond" | "take_over" | "ask" | "happened" | "not_happened" | "check_again" | "take_back" | "reply" | "close")[];
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
        /**
         * ExcludedView
         * @description Somebody whom the policy lets not approve this; `why` goes on after the name: `asked for it, …`.
         */
        ExcludedView: {
            /** Name */
            name: string;
            /** Why */
            why: string;
        };
        /**
         * FieldView
         * @description One argument as a form shows it. `locked` says why a person cannot change it; it has its `value` or is absent.
         *
         *     `money` has its `choices` of currencies; a `choice` those of values; `raw` is JSON that no form fits.
         */
        FieldView: {
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "money" | "integer" | "number" | "text" | "choice" | "boolean" | "raw";
            /** Help */
            help: string | null;
            /** Required */
            required: boolean;
            /** Given */
            given: boolean;
            /** Value */
            value: unknown;
            /** Shown */
            shown: string;
            /** Choices */
            choices: unknown[];
            /** Minimum */
            minimum: number | null;
            /** Maximum */
            maximum: number | null;
            /** Longest */
            longest: number | null;
            /** Locked */
            locked: string | null;
            /** Bound */
            bound: boolean;
        };
        /**
         * Find
         * @description How to find an effect again by our reference: a read, and the field that is there when it happened.
         */
        Find: {
            /** Tool */
            tool: string;
            /** Args */
            args: {
                [key: string]: unknown;
            };
            /** There */
            there: string;
        };
        /**
         * FindingView
         * @description `wrong`: it does not do what somebody meant. `note`: it may be meant so.
         */
        FindingView: {
            /**
             * Weight
             * @enum {string}
             */
            weight: "wrong" | "note";
            /** Rule */
            rule: string | null;
            /** Sentence */
            sentence: string;
        };
        /**
         * FlipGroup
         * @description How many proposals would have come out otherwise in one way, with their money and the number of customers.
         */
        FlipGroup: {
            /** How */
            how: string;
            /** Count */
            count: number;
            /** Money */
            money: components["schemas"]["MoneyShape"][];
            /** Customers */
            customers: number;
        };
        /** FlipItem */
        FlipItem: {
            /** Id */
            id: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Title */
            title: string;
            /** Customer */
            customer: string;
            /** Customer Id */
            customer_id: string;
            /** Money */
            money: components["schemas"]["MoneyShape"][];
            /** How */
            how: string;
            /** Was */
            was: string;
            /** Would */
            would: string;
            /** Sentence */
            sentence: string;
        };
        /** FreezePage */
        FreezePage: {
            /** Items */
            items: components["schemas"]["FreezeView"][];
            /** Can Freeze */
            can_freeze: boolean;
            /** Can Lift */
            can_lift: boolean;
        };
        /**
         * FreezeView
         * @description A freeze in force. `scope` is `all`, `connection:ID`, `tool:ID.TOOL` or `brief:NAME`; `says` is it in words.
         */
        FreezeView: {
            /** Id */
            id: number;
            /** Scope */
            scope: string;
            /** Says */
            says: string;
            /** Why */
            why: string;
            /** By */
            by: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * Give
         * @description `to`: a colleague's id, `supervisor` for all of them, or nothing for everybody again.
         */
        Give: {
            /** To */
            to?: string | null;
            /** Note */
            note?: string | null;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /**
         * HealthView
         * @description `away`: several calls in a row failed, missions wait; `why` says what was heard last.
         */
        HealthView: {
            /**
             * State
             * @enum {string}
             */
            state: "ok" | "away";
            /** Why */
            why: string | null;
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * HeldView
         * @description An answer that its person can still take back: it counts `until` then, in so many `seconds` from now.
         */
        HeldView: {
            /** By */
            by: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "reject" | "respond";
            /**
             * Until
             * Format: date-time
             */
            until: string;
            /** Seconds */
            seconds: number;
        };
        /**
         * Http
         * @description Streamable HTTP. `$NAME` in the address or a header is a secret of the connection, or of the environment.
         *
         *     `allow_private`: hosts that may lie at private addresses (this machine, the company's network); all others may not.
         */
        Http: {
            /** Url */
            url: string;
            /**
             * Headers
             * @default {}
             */
            headers: {
                [key: string]: string;
            };
            /**
             * Allow Private
             * @default []
             */
            allow_private: string[];
        };
        /**
         * InFlight
         * @description Something that had been sent when the freeze began.
         */
        InFlight: {
            /** Proposal Id */
            proposal_id: string;
            /** Title */
            title: string;
        };
        /**
         * Key
         * @description Where our idempotency key travels, and for how many hours the system honours it.
         *
         *     For a queryable write it is only our reference, by which the effect can be found again: nothing is sent twice.
         */
        Key: {
            /** Argument */
            argument?: string | null;
            /**
             * Meta
             * @default false
             */
            meta: boolean;
            /**
             * Hours
             * @default 24
             */
            hours: number;
        };
        /** KeyPage */
        KeyPage: {
            /** Items */
            items: components["schemas"]["KeyView"][];
        };
        /**
         * KeyView
         * @description An API key, without its secret. `addresses`: the networks it may be used from; none: from anywhere.
         */
        KeyView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Owner */
            owner: string;
            /** Scopes */
            scopes: ("read" | "propose")[];
            /** Addresses */
            addresses: string[];
            /**
             * Made At
             * Format: date-time
             */
            made_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Used At */
            used_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Ended By */
            ended_by: string | null;
        };
        /** KindCount */
        KindCount: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "edit" | "reject" | "respond";
            /** Count */
            count: number;
        };
        /**
         * Limits
         * @description How much of a tool one mission may use: calls, bytes of one result, and the largest value of an argument.
         */
        Limits: {
            /** Calls */
            calls?: number | null;
            /** Bytes */
            bytes?: number | null;
            /**
             * At Most
             * @default {}
             */
            at_most: {
                [key: string]: number;
            };
        };
        /**
         * MadeKeyView
         * @description `secret` is what a program sends as bearer. It is shown once.
         */
        MadeKeyView: {
            key: components["schemas"]["KeyView"];
            /** Secret */
            secret: string;
        };
        /**
         * MadeView
         * @description Of which fields our own code has made a value again: their sum, the first less the others, the smallest.
         */
        MadeView: {
            /**
             * Op
             * @enum {string}
             */
            op: "sum" | "difference" | "min";
            /** Of */
            of: components["schemas"]["SourceView"][];
        };
        /**
         * MeasuresView
         * @description Of one person, or of all. Times are seconds; shares are `looked` of `single`, `agreed` of `compared`.
         *
         *     `opened`: of so many single answers it is known when the card was opened; of the rest the time counts from when it
         *     waited. `by_day`: answers of each day, the oldest first.
         */
        MeasuresView: {
            /** Kinds */
            kinds: components["schemas"]["KindCount"][];
            /** Single */
            single: number;
            /** Batched */
            batched: number;
            /** Median */
            median: number | null;
            /** P90 */
            p90: number | null;
            /** Opened */
            opened: number;
            /** Looked */
            looked: number;
            /** Agreed */
            agreed: number;
            /** Compared */
            compared: number;
            /** Reversed */
            reversed: number;
            /** Caught */
            caught: number;
            /** Missed */
            missed: number;
            /** By Day */
            by_day: number[];
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
        /**
         * MissionSummary
         * @description `away`: the system that the mission waits for, also while it tries again.
         */
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
            away: components["schemas"]["AwayView"] | null;
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
         * NewArguments
         * @description All arguments of the action at `position` (0 is the first), but for the bound ones.
         */
        NewArguments: {
            /** Position */
            position: number;
            /** Arguments */
            arguments: {
                [key: string]: unknown;
            };
        };
        /**
         * NewAuthorization
         * @description Which sign-in: the one that reads, or the one of effects.
         */
        NewAuthorization: {
            /**
             * Side
             * @default read
             * @enum {string}
             */
            side: "read" | "write";
        };
        /**
         * NewBatch
         * @description Like items, each with the digest that was seen. `count` is how many, typed by hand.
         */
        NewBatch: {
            /** Items */
            items: components["schemas"]["BatchItem"][];
            /**
             * Count
             * @default 0
             */
            count: number;
            /** Reason */
            reason?: string | null;
            /**
             * Undo
             * @default 0
             */
            undo: number;
        };
        /** NewChangeAnswer */
        NewChangeAnswer: {
            /**
             * Answer
             * @enum {string}
             */
            answer: "approve" | "reject";
            /** Seen */
            seen: string;
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * NewConnection
         * @description `secrets` by name: sealed at once, and never given back.
         */
        NewConnection: {
            manifest: components["schemas"]["Connection-Input"];
            /**
             * Secrets
             * @default {}
             */
            secrets: {
                [key: string]: string;
            };
        };
        /**
         * NewDecision
         * @description `digest` is the one shown on the card; another one is a 409 with the current card.
         *
         *     The answer is held for `undo` seconds, 0 to 30: until then it can be taken back, and nothing is sent for it.
         */
        NewDecision: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "reject" | "respond";
            /** Digest */
            digest: string;
            /** Reason */
            reason?: string | null;
            /**
             * Undo
             * @default 0
             */
            undo: number;
        };
        /**
         * NewEdit
         * @description What is not named stays as it is, the message too. `reason` is for whoever approves.
         */
        NewEdit: {
            /** Digest */
            digest: string;
            /**
             * Actions
             * @default []
             */
            actions: components["schemas"]["NewArguments"][];
            /** Message */
            message?: string | null;
            /** Reason */
            reason?: string | null;
        };
        /** NewFreeze */
        NewFreeze: {
            /**
             * Scope
             * @default all
             */
            scope: string;
            /** Why */
            why: string;
        };
        /**
         * NewKey
         * @description `scopes`: `read`, and `propose` for editing proposals. None of them decides.
         */
        NewKey: {
            /** Name */
            name: string;
            /** Scopes */
            scopes: ("read" | "propose")[];
            /**
             * Days
             * @default 90
             */
            days: number;
            /**
             * Addresses
             * @default []
             */
            addresses: string[];
        };
        /** NewMessage */
        NewMessage: {
            /** Text */
            text: string;
        };
        /**
         * NewPerson
         * @description `password`: kept only as its argon2 hash, and never shown.
         */
        NewPerson: {
            /** Name */
            name: string;
            /** Email */
            email: string;
            /** Role */
            role: string;
            /** Password */
            password: string;
            /** Why */
            why?: string | null;
        };
        /**
         * NewPolicy
         * @description `base`: the version that was changed, as it was shown.
         */
        NewPolicy: {
            /** Text */
            text: string;
            /** Why */
            why: string;
            /** Base */
            base?: string | null;
        };
        /**
         * NewReview
         * @description The tools that were read, each with the digest of what was read.
         */
        NewReview: {
            /** Tools */
            tools: components["schemas"]["Seen"][];
        };
        /** NewRole */
        NewRole: {
            /** Role */
            role: string;
            /** Why */
            why?: string | null;
        };
        /** NewSecret */
        NewSecret: {
            /** Value */
            value: string;
        };
        /** NoticePage */
        NoticePage: {
            /** Items */
            items: components["schemas"]["NoticeView"][];
        };
        /**
         * NoticeView
         * @description A notice that was given up: what it says, where on the Desk that is, and why the last attempt failed.
         */
        NoticeView: {
            /** Id */
            id: string;
            /** Route */
            route: string;
            /** Title */
            title: string;
            /** Path */
            path: string;
            /** Attempts */
            attempts: number;
            /** Error */
            error: string | null;
            /**
             * Made At
             * Format: date-time
             */
            made_at: string;
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
         * OnePerson
         * @description All addresses of one person.
         */
        OnePerson: {
            /** Emails */
            emails: string[];
        };
        /**
         * OpinionView
         * @description What a second model says against it: an opinion, that nobody need wait for. `failed`: there is none.
         */
        OpinionView: {
            /** Model */
            model: string;
            /**
             * State
             * @enum {string}
             */
            state: "asked" | "given" | "failed";
            /** Objections */
            objections: components["schemas"]["SaidView"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /**
         * OriginView
         * @description Where a value came from. `observation` and `path` lead to the very field; `quote` is the customer's words.
         *
         *     `made`: it is derived from several fields, and no single one is it.
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
            made: components["schemas"]["MadeView"] | null;
        };
        /** OutcomeView */
        OutcomeView: {
            /** Value */
            value: string;
            /** Outcome */
            outcome: string;
        };
        /** PeoplePage */
        PeoplePage: {
            /** Items */
            items: components["schemas"]["PersonRow"][];
            /** May Change */
            may_change: boolean;
            /** Setup */
            setup: boolean;
        };
        /**
         * PersonRow
         * @description An account; `waiting` is the open change about it. `person`: the same for all accounts of one person.
         */
        PersonRow: {
            /** Id */
            id: string;
            /** Person */
            person: string;
            /** Name */
            name: string;
            /** Email */
            email: string;
            /**
             * Role
             * @enum {string}
             */
            role: "agent" | "supervisor" | "admin" | "auditor";
            /** Active */
            active: boolean;
            /**
             * Added At
             * Format: date-time
             */
            added_at: string;
            /** Waiting */
            waiting: string | null;
        };
        /**
         * PlaceView
         * @description One place that is different, such as `rule.refund.approve.count`; null: it is not there.
         *
         *     `lines` is the difference of texts of several lines, each with ` `, `-` or `+` before it.
         */
        PlaceView: {
            /** Place */
            place: string;
            /** Before */
            before: string | null;
            /** After */
            after: string | null;
            /** Lines */
            lines: string[];
        };
        /**
         * PolicyCheck
         * @description A draft, looked at. With `errors` it cannot be read, and there is nothing else.
         */
        PolicyCheck: {
            /** Version */
            version: string | null;
            /** Errors */
            errors: components["schemas"]["PolicyError"][];
            /** Findings */
            findings: components["schemas"]["FindingView"][];
            /** Table */
            table: components["schemas"]["ThresholdView"][];
            /** Difference */
            difference: components["schemas"]["PlaceView"][];
        };
        /**
         * PolicyError
         * @description Where it cannot be read: `rule` and `place` in it, if it is in one.
         */
        PolicyError: {
            /** Rule */
            rule: string | null;
            /** Place */
            place: string | null;
            /** Sentence */
            sentence: string;
        };
        /** PolicyReplay */
        PolicyReplay: {
            /** Text */
            text: string;
            /**
             * Days
             * @default 30
             */
            days: number;
        };
        /** PolicyText */
        PolicyText: {
            /** Text */
            text: string;
        };
        /** PolicyVersion */
        PolicyVersion: {
            /** Number */
            number: number;
            /** Version */
            version: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** By */
            by: string;
            /** Why */
            why: string;
            /** Change Id */
            change_id: string;
            /** One Hand */
            one_hand: boolean;
        };
        /**
         * PolicyView
         * @description The policy in force. `base` goes back with a change of it; `text` is null before there is one.
         *
         *     `one_handed`: the versions in `history` that nobody was second for.
         */
        PolicyView: {
            /** Version */
            version: string;
            /** Base */
            base: string;
            /** Text */
            text: string | null;
            /** Since */
            since: string | null;
            /** By */
            by: string | null;
            /** Rules */
            rules: components["schemas"]["RuleView"][];
            /** History */
            history: components["schemas"]["PolicyVersion"][];
            /** One Handed */
            one_handed: components["schemas"]["PolicyVersion"][];
            /** Waiting */
            waiting: components["schemas"]["ChangeRow"][];
            /** May Propose */
            may_propose: boolean;
            /** Setup */
            setup: boolean;
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
         * Proof
         * @description A read, before the effect (`recheck`) or after it (`proof`), and what must be true in it.
         */
        Proof: {
            /** Tool */
            tool: string;
            /** Args */
            args: {
                [key: string]: unknown;
            };
            /** Require */
            require: components["schemas"]["Require"][];
        };
        /**
         * PutAside
         * @description Nothing: it is shown again.
         */
        PutAside: {
            /** Until */
            until?: string | null;
        };
        /**
         * Question
         * @description What a person asks the customer before they decide.
         */
        Question: {
            /** Question */
            question: string;
        };
        /**
         * QueueItem
         * @description One row of the Decision Queue. `title` is made by our code from the sealed bytes: verb, object, amount.
         *
         *     Of kind `changed_tools`, `id` is the connection's, whose tools wait for a review in the Studio; it has no case.
         *     `digest` is a proposal's, for approving it in a batch.
         */
        QueueItem: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "proposal" | "unknown_effect" | "handoff" | "changed_tools";
            /** Title */
            title: string;
            amount?: components["schemas"]["MoneyShape"] | null;
            /**
             * Risk
             * @enum {string}
             */
            risk: "low" | "medium" | "high";
            /**
             * Customer
             * @default
             */
            customer: string;
            /** Brief */
            brief?: string | null;
            /**
             * Case Id
             * @default
             */
            case_id: string;
            /**
             * Mission Id
             * @default
             */
            mission_id: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Due At */
            due_at?: string | null;
            /**
             * Late
             * @default false
             */
            late: boolean;
            attention?: components["schemas"]["AttentionView"] | null;
            /** Digest */
            digest?: string | null;
            /**
             * Signed
             * @default 0
             */
            signed: number;
            /**
             * Needed
             * @default 1
             */
            needed: number;
            /**
             * Held
             * @default []
             */
            held: components["schemas"]["HeldView"][];
            /**
             * Changed
             * @default false
             */
            changed: boolean;
            /** Edited */
            edited?: string | null;
            /** Decided */
            decided?: string | null;
            /** Decided At */
            decided_at?: string | null;
        };
        /**
         * QueuePage
         * @description `waiting` is how much waits in all, whatever was looked for; `next` goes into `after` for the page after this.
         *
         *     `changes`: how many changes of the configuration wait besides.
         */
        QueuePage: {
            /** Items */
            items: components["schemas"]["QueueItem"][];
            /** Waiting */
            waiting: number;
            /** Mine */
            mine: number;
            /** Late */
            late: number;
            /** Aside */
            aside: number;
            /** Briefs */
            briefs: string[];
            /** Next */
            next: string | null;
            /** Changes */
            changes: number;
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
        /**
         * ReplayView
         * @description Of so many `proposals` that many would have gone `by_itself`, and that many come out `otherwise` differently.
         */
        ReplayView: {
            /** Proposals */
            proposals: number;
            /** By Itself */
            by_itself: number;
            /** Money */
            money: components["schemas"]["MoneyShape"][];
            /** Otherwise */
            otherwise: number;
        };
        /**
         * Replayed
         * @description What a policy would have said to the proposals of the last `days`. `items`: the newest 200 that flip.
         */
        Replayed: {
            /** Policy */
            policy: string;
            /** Days */
            days: number;
            /** Proposals */
            proposals: number;
            /** Unchanged */
            unchanged: number;
            /** Flips */
            flips: components["schemas"]["FlipGroup"][];
            /** Items */
            items: components["schemas"]["FlipItem"][];
        };
        /** Reply */
        Reply: {
            /** Text */
            text: string;
        };
        /**
         * Require
         * @description A field of a result (`path`, RFC 9535) against a value: `$args.NAME` is an argument, `$key` the grant's key.
         */
        Require: {
            /** Path */
            path: string;
            /** Equals */
            equals?: unknown;
            /** At Least */
            at_least?: unknown;
            /** One Of */
            one_of?: unknown[] | null;
            /** Says */
            says: string;
        };
        /** ReviewerView */
        ReviewerView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** You */
            you: boolean;
            measures: components["schemas"]["MeasuresView"];
        };
        /**
         * ReviewersPage
         * @description `all` is there for whoever may see more than themselves. `tests`: those that were answered, newest first.
         */
        ReviewersPage: {
            /** Days */
            days: number;
            all: components["schemas"]["MeasuresView"] | null;
            /** People */
            people: components["schemas"]["ReviewerView"][];
            /** Tests */
            tests: components["schemas"]["TestedView"][];
        };
        /**
         * RuleView
         * @description `asks`: who must approve, what lets it go by itself, or `denied`. `says`: what people read of it.
         */
        RuleView: {
            /** Name */
            name: string;
            /** Actions */
            actions: string[];
            /** When */
            when: string[];
            /** Asks */
            asks: string;
            /** Says */
            says: string;
        };
        /**
         * RulingView
         * @description The policy's answer in sentences, with the rules that gave it, and who may not approve.
         *
         *     `step_up`: whoever approves must have given their password again within the last five minutes.
         */
        RulingView: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "deny" | "needs_approvals" | "by_itself";
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
            /**
             * Excluded
             * @default []
             */
            excluded: components["schemas"]["ExcludedView"][];
            /**
             * Step Up
             * @default false
             */
            step_up: boolean;
        };
        /**
         * SaidView
         * @description One objection of a model, and the observation or argument that it rests on; code has checked that it is there.
         */
        SaidView: {
            /** Says */
            says: string;
            /** Observation */
            observation: number | null;
            /** Argument */
            argument: string | null;
        };
        /**
         * SecretView
         * @description A name that the connection uses. `set_at` is null where it has no value here; the environment may have one.
         */
        SecretView: {
            /**
             * Side
             * @enum {string}
             */
            side: "read" | "write";
            /** Name */
            name: string;
            /** Set By */
            set_by: string | null;
            /** Set At */
            set_at: string | null;
        };
        /** Seen */
        Seen: {
            /** Name */
            name: string;
            /** Digest */
            digest: string;
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
        /**
         * SourceView
         * @description One field of a record, its value in words.
         */
        SourceView: {
            /** Observation */
            observation: number;
            /** Path */
            path: string;
            /** Shown */
            shown: string;
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
        /**
         * Stdio
         * @description A command that the operator trusts; it sees only `env`, an effect `write_env` on top of it.
         *
         *     `single_process`: the server tolerates no second one of itself, so effects go to the one that reads.
         */
        Stdio: {
            /** Command */
            command: string[];
            /**
             * Env
             * @default {}
             */
            env: {
                [key: string]: string;
            };
            /**
             * Write Env
             * @default {}
             */
            write_env: {
                [key: string]: string;
            };
            /**
             * Single Process
             * @default false
             */
            single_process: boolean;
        };
        /**
         * StepUp
         * @description The password of whoever is signed in, given again.
         */
        StepUp: {
            /** Password */
            password: string;
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
        /**
         * SteppedUp
         * @description Until when it is good.
         */
        SteppedUp: {
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /**
         * SuggestionPage
         * @description `at_least`: so many approvals are needed before a rule is suggested.
         */
        SuggestionPage: {
            /** Days */
            days: number;
            /** At Least */
            at_least: number;
            /** Items */
            items: components["schemas"]["SuggestionView"][];
        };
        /**
         * SuggestionView
         * @description `rule` is the text of it, `policy` the whole text of today's policy with it.
         */
        SuggestionView: {
            /** Name */
            name: string;
            /** Sentence */
            sentence: string;
            /** Tool */
            tool: string;
            limit: components["schemas"]["MoneyShape"];
            /** Approvals */
            approvals: number;
            per_day: components["schemas"]["MoneyShape"];
            per_customer: components["schemas"]["MoneyShape"];
            /** Rule */
            rule: string;
            /** Policy */
            policy: string;
            replay: components["schemas"]["ReplayView"];
        };
        /**
         * TestAnswer
         * @description What a worker would be given. `value` is null unless `kind` is ok.
         */
        TestAnswer: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "ok" | "missing" | "refused" | "gone" | "changed" | "unknown";
            /** Value */
            value?: unknown;
            /** Why */
            why?: string | null;
        };
        /**
         * TestCall
         * @description A read, as one customer: `records` are their ids by connection.
         */
        TestCall: {
            /** Tool */
            tool: string;
            /**
             * Arguments
             * @default {}
             */
            arguments: {
                [key: string]: unknown;
            };
            /**
             * Records
             * @default {}
             */
            records: {
                [key: string]: string;
            };
        };
        /**
         * TestView
         * @description What is said once a test proposal is answered. `source`: the past proposal that it was made of.
         */
        TestView: {
            /** Sentence */
            sentence: string;
            /** Caught */
            caught: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "edit" | "reject" | "respond" | "ask" | "take_over";
            /** By */
            by: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Source */
            source: string;
        };
        /**
         * TestedView
         * @description An answer to a test proposal. `reveals`: what was wrong with it.
         */
        TestedView: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Reveals */
            reveals: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "approve" | "edit" | "reject" | "respond" | "ask" | "take_over";
            /** By */
            by: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Caught */
            caught: boolean;
            /** Reason */
            reason: string | null;
        };
        /**
         * ThresholdView
         * @description What the policy says just below, at and just above a threshold. `looser`: more money asks for less.
         */
        ThresholdView: {
            /** Action */
            action: string;
            /** Rule */
            rule: string;
            /** When */
            when: string;
            /** Outcomes */
            outcomes: components["schemas"]["OutcomeView"][];
            /** Looser */
            looser: boolean;
        };
        /**
         * Tool
         * @description What was decided about one tool. `off` is a decision too: the tool does not exist for us.
         *
         *     `bind`: arguments that we fill and a model never sees. `owner`: paths that must hold the customer's id in every
         *     result, records of a list one by one; `nobody`: its records belong to nobody. `redact`: paths whose values nobody
         *     sees. `volatile`: paths that may differ between two reads without meaning anything; `unordered`: lists whose order
         *     means nothing. `max_age`: how old a result may be to rest a proposal on. `recheck`: reads that must hold just
         *     before the action is sent. `destinations`: arguments that say where something goes to: only from a record, or by a
         *     person's hand. `card` is the sentence of an action, with `{argument}` filled by our code; `remedy` the same in a
         *     customer's words.
         */
        "Tool-Input": {
            /**
             * Effect
             * @enum {string}
             */
            effect: "read" | "write" | "off";
            /**
             * Title
             * @default
             */
            title: string;
            /**
             * Bind
             * @default {}
             */
            bind: {
                [key: string]: string | number | boolean;
            };
            /** Owner */
            owner?: string[] | "nobody" | null;
            /**
             * Redact
             * @default []
             */
            redact: string[];
            /**
             * Volatile
             * @default []
             */
            volatile: string[];
            /**
             * Unordered
             * @default []
             */
            unordered: string[];
            /** Max Age */
            max_age?: string | null;
            /**
             * @default {
             *       "at_most": {}
             *     }
             */
            limits: components["schemas"]["Limits"];
            /** Effect Class */
            effect_class?: ("keyed" | "queryable" | "neither") | null;
            key?: components["schemas"]["Key"] | null;
            /**
             * Destinations
             * @default []
             */
            destinations: string[];
            /** Card */
            card?: string | null;
            /** Remedy */
            remedy?: string | null;
            /**
             * Reversible
             * @default Cannot be taken back by us.
             */
            reversible: string;
            /** Reference */
            reference?: string | null;
            /**
             * Not Executed
             * @default []
             */
            not_executed: string[];
            /**
             * Changes
             * @default []
             */
            changes: components["schemas"]["Changes"][];
            /**
             * Recheck
             * @default []
             */
            recheck: components["schemas"]["Proof"][];
            find?: components["schemas"]["Find"] | null;
            /**
             * Proof
             * @default []
             */
            proof: components["schemas"]["Proof"][];
        };
        /**
         * Tool
         * @description What was decided about one tool. `off` is a decision too: the tool does not exist for us.
         *
         *     `bind`: arguments that we fill and a model never sees. `owner`: paths that must hold the customer's id in every
         *     result, records of a list one by one; `nobody`: its records belong to nobody. `redact`: paths whose values nobody
         *     sees. `volatile`: paths that may differ between two reads without meaning anything; `unordered`: lists whose order
         *     means nothing. `max_age`: how old a result may be to rest a proposal on. `recheck`: reads that must hold just
         *     before the action is sent. `destinations`: arguments that say where something goes to: only from a record, or by a
         *     person's hand. `card` is the sentence of an action, with `{argument}` filled by our code; `remedy` the same in a
         *     customer's words.
         */
        "Tool-Output": {
            /**
             * Effect
             * @enum {string}
             */
            effect: "read" | "write" | "off";
            /**
             * Title
             * @default
             */
            title: string;
            /**
             * Bind
             * @default {}
             */
            bind: {
                [key: string]: string | number | boolean;
            };
            /** Owner */
            owner?: string[] | "nobody" | null;
            /**
             * Redact
             * @default []
             */
            redact: string[];
            /**
             * Volatile
             * @default []
             */
            volatile: string[];
            /**
             * Unordered
             * @default []
             */
            unordered: string[];
            /** Max Age */
            max_age?: string | null;
            /**
             * @default {
             *       "at_most": {}
             *     }
             */
            limits: components["schemas"]["Limits"];
            /** Effect Class */
            effect_class?: ("keyed" | "queryable" | "neither") | null;
            key?: components["schemas"]["Key"] | null;
            /**
             * Destinations
             * @default []
             */
            destinations: string[];
            /** Card */
            card?: string | null;
            /** Remedy */
            remedy?: string | null;
            /**
             * Reversible
             * @default Cannot be taken back by us.
             */
            reversible: string;
            /** Reference */
            reference?: string | null;
            /**
             * Not Executed
             * @default []
             */
            not_executed: string[];
            /**
             * Changes
             * @default []
             */
            changes: components["schemas"]["Changes"][];
            /**
             * Recheck
             * @default []
             */
            recheck: components["schemas"]["Proof"][];
            find?: components["schemas"]["Find"] | null;
            /**
             * Proof
             * @default []
             */
            proof: components["schemas"]["Proof"][];
        };
        /**
         * ToolView
         * @description One tool. What the server says of it is text to read, nothing more; `digest` goes back with a review.
         */
        ToolView: {
            /** Name */
            name: string;
            /**
             * Effect
             * @enum {string}
             */
            effect: "read" | "write" | "off";
            /**
             * State
             * @enum {string}
             */
            state: "reviewed" | "off" | "new" | "unreviewed" | "changed" | "gone" | "held back";
            /** Title */
            title: string | null;
            /** Description */
            description: string | null;
            /** Input Schema */
            input_schema: {
                [key: string]: unknown;
            } | null;
            /** Output Schema */
            output_schema: {
                [key: string]: unknown;
            } | null;
            /** Annotations */
            annotations: {
                [key: string]: unknown;
            } | null;
            /** Digest */
            digest: string | null;
            /** Changes */
            changes: components["schemas"]["DefinitionChange"][];
            /**
             * Proposal
             * @description Our draft of the manifest, until the tool is reviewed.
             */
            proposal: {
                [key: string]: unknown;
            } | null;
            /** Doubts */
            doubts: string[];
        };
        /**
         * TwoAccounts
         * @description The addresses of two accounts.
         */
        TwoAccounts: {
            /** One */
            one: string;
            /** Other */
            other: string;
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
         *     `hello` opens it, `queue` says that the queue changed (`waiting` is its new length, `changes` how many changes of
         *     the configuration wait besides) and what changed in it,
         *     `observation` carries the next line of the mission asked for, `progress` how far a read of it is, `case` says that
         *     some case changed, `connections` that one of them, its tools or its health did, `freeze` that
         *     something was frozen or set free, `bye` that the session ended.
         */
        DeskEvent: {
            /**
             * Type
             * @enum {string}
             */
            type: "hello" | "queue" | "observation" | "progress" | "case" | "connections" | "freeze" | "bye";
            /**
             * Waiting
             * @default null
             */
            waiting: number | null;
            /**
             * Changes
             * @default null
             */
            changes: number | null;
            /**
             * Changed
             * @default []
             */
            changed: string[];
            /** @default null */
            observation: components["schemas"]["ObservationView"] | null;
            /** @default null */
            progress: components["schemas"]["ProgressView"] | null;
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
        /**
         * ProgressView
         * @description How far a running read of the mission is; `over`: it runs no more. It is told live and never stored.
         */
        ProgressView: {
            /** Mission Id */
            mission_id: string;
            /** Tool */
            tool: string;
            /** Title */
            title: string;
            /** Source */
            source: string;
            /** Done */
            done: number;
            /** Total */
            total: number | null;
            /** Message */
            message: string | null;
            /** Over */
            over: boolean;
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
    step_up: {
        parameters: {
            query?: {
                idle?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepUp"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SteppedUp"];
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
                view?: "open" | "mine" | "late" | "aside" | "decided";
                kind?: ("proposal" | "unknown_effect" | "handoff") | null;
                brief?: string | null;
                risk?: ("low" | "medium" | "high") | null;
                words?: string | null;
                after?: string | null;
                limit?: number;
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
            query?: {
                idle?: boolean;
            };
            header?: {
                "Idempotency-Key"?: string | null;
            };
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
    take_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                decision_id: string;
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
    edit_form: {
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
                    "application/json": components["schemas"]["EditForm"];
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
    edit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                proposal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEdit"];
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
    preview_edit: {
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
                "application/json": components["schemas"]["NewEdit"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditPreview"];
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
    colleagues: {
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
                    "application/json": components["schemas"]["ColleaguePage"];
                };
            };
        };
    };
    claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Claim"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionView"] | null;
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
    release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
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
                    "application/json": components["schemas"]["AttentionView"] | null;
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
    look: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
            };
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
    give: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Give"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionView"] | null;
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
    put_aside: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutAside"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionView"] | null;
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
    ask_customer: {
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
                "application/json": components["schemas"]["Question"];
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
    take_over: {
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
    preview_batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchView"];
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
    approve_batch: {
        parameters: {
            query?: {
                idle?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
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
    changes: {
        parameters: {
            query?: {
                state?: "open" | "closed";
                one_hand?: boolean;
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
                    "application/json": components["schemas"]["ChangePage"];
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
    change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                change_id: string;
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
                    "application/json": components["schemas"]["ChangeCard"];
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
    replay_change: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                change_id: string;
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
                    "application/json": components["schemas"]["Replayed"];
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
    answer_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                change_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChangeAnswer"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeCard"];
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
    withdraw_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                change_id: string;
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
                    "application/json": components["schemas"]["ChangeCard"];
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
    freezes: {
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
                    "application/json": components["schemas"]["FreezePage"];
                };
            };
        };
    };
    freeze: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFreeze"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acknowledged"];
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
    lift_freeze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                freeze_id: number;
            };
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
    dead_notices: {
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
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
        };
    };
    retry_notice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notice_id: string;
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
                    "application/json": components["schemas"]["NoticePage"];
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
    reviewers: {
        parameters: {
            query?: {
                days?: number;
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
                    "application/json": components["schemas"]["ReviewersPage"];
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
    suggestions: {
        parameters: {
            query?: {
                days?: number;
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
                    "application/json": components["schemas"]["SuggestionPage"];
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
    connections: {
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
                    "application/json": components["schemas"]["ConnectionPage"];
                };
            };
        };
    };
    add_connection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnection"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
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
    connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
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
                    "application/json": components["schemas"]["ConnectionView"];
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
    change_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangedConnection"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
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
    remove_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeCard"];
                };
            };
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
    review_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReview"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
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
    set_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
                side: "read" | "write";
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSecret"];
            };
        };
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
    forget_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
                side: "read" | "write";
                name: string;
            };
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
    test_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestCall"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestAnswer"];
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
    authorize_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAuthorization"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authorization"];
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
    connection_authorized: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    policy: {
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
                    "application/json": components["schemas"]["PolicyView"];
                };
            };
        };
    };
    check_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyText"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyCheck"];
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
    replay_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyReplay"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
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
    propose_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPolicy"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeCard"];
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
    people: {
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
                    "application/json": components["schemas"]["PeoplePage"];
                };
            };
        };
    };
    add_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeCard"];
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
    same_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TwoAccounts"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnePerson"];
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
    change_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeCard"];
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
    close_account: {
        parameters: {
            query?: {
                why?: string | null;
            };
            header?: never;
            path: {
                staff_id: string;
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
                    "application/json": components["schemas"]["ChangeCard"];
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
    api_keys: {
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
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
        };
    };
    add_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKeyView"];
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
    end_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
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
}
