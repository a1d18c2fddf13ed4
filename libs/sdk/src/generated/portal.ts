// Written by `npm run contracts` from the documents under openapi/. Not edited by hand.

export interface components {
    schemas: {
        AddressDto: {
            /**
             * @description Company or person.
             * @example Harbour Gifts Ltd
             */
            name: string;
            /**
             * @description Street and number.
             * @example 1 Quay Street
             */
            street: string;
            /** @example Bristol */
            city: string;
            /** @example BS1 4DJ */
            postalCode: string;
            /**
             * @description State, county or province.
             * @example Avon
             */
            region?: string;
            /**
             * @description ISO 3166-1 alpha-2.
             * @example GB
             */
            country: string;
        };
        AvailabilityLineAnswer: {
            /**
             * @description As asked.
             * @example 85123A
             */
            item: string;
            requested: components["schemas"]["EdgeQuantity"];
            /** @description Promisable on the requested day to the portal over all nodes, whole packs of each node. */
            availableToPromise: components["schemas"]["EdgeQuantity"];
            /** @description How the requested quantity would be served; together requested − unpromised. */
            slices: components["schemas"]["PromisedSlice"][];
            /** @description What nothing known covers. */
            unpromised: components["schemas"]["EdgeQuantity"];
            /** @description Why; together `unpromised`. Empty when all is promised. */
            shortfalls: components["schemas"]["Shortfall"][];
            /** @description When `explain` was asked for, in base units. */
            explain?: components["schemas"]["ExplainedNode"][];
        };
        AvailabilityLineRequest: {
            /**
             * @description SKU or GTIN.
             * @example 85123A
             */
            item: string;
            quantity: components["schemas"]["QuantityDto"];
            /**
             * @description Earliest ship day wanted, local to the node, not in the past; the first possible when absent.
             * @example 2026-03-09
             */
            requestedDate?: string;
            /**
             * @description Latest ship day that is good enough: what can only leave later is not promised.
             * @example 2026-03-20
             */
            latestDate?: string;
            /**
             * @description Latest delivery day that is good enough: what would arrive later is not promised. A node without a calendar delivers on its ship day.
             * @example 2026-03-23
             */
            deliverBy?: string;
            /**
             * @description Only from this node; from all when absent.
             * @example DC-NORTH
             */
            node?: string;
            /** @description Nothing, or all of it on one ship day. */
            complete?: boolean;
            /** @description False: the item itself alone, no approved substitutes. They are offered when absent. */
            substitutes?: boolean;
        };
        AvailabilityRequest: {
            /** @description 1 to 1,000 lines. */
            lines: components["schemas"]["AvailabilityLineRequest"][];
            /**
             * @description Days of life that lots must have left, 0 to 3650; the policy of an item counts where it asks for more. On the day of delivery
             *     where the node has a calendar, else on the ship day.
             */
            minimumRemainingLifeDays?: number;
            /** @description The lines are one order: they share stock, and nodes are chosen for all of them together. Each by itself when absent. */
            together?: boolean;
            /**
             * @description What nodes are chosen by: the first aim that tells two plans apart decides, what is not named follows in this order, which is
             *     the default: EARLIEST_DATE, FEWEST_SHIPMENTS, LOWEST_COST, NODE_PRIORITY.
             */
            objective?: ("EARLIEST_DATE" | "FEWEST_SHIPMENTS" | "LOWEST_COST" | "NODE_PRIORITY")[];
            /** @description With the day table of each node that the answer was made from; for at most 10 lines. */
            explain?: components["schemas"]["ExplainRequest"];
        };
        AvailabilityResponse: {
            /** @description When the answer was true, RFC 3339. */
            asOf: string;
            watermarks: components["schemas"]["AvailabilityWatermark"][];
            /** @description Sources not heard of for longer than their rule allows, and what that does to promises at their nodes. Absent when none is. */
            stale?: components["schemas"]["StaleSource"][];
            /** @description One per line of the request, in its order. */
            lines: components["schemas"]["AvailabilityLineAnswer"][];
            /**
             * @description Asked together: the ship day of the last of it. Absent while something is unpromised.
             * @example 2026-03-09
             */
            completeOn?: string;
        };
        AvailabilityWatermark: {
            /** @example wms/wms-north */
            source: string;
            /** @description Time of the newest fact taken from it. */
            at: string;
        };
        BackorderEventData: {
            order: string;
            purchaseOrder: string;
            version: number;
            lines: components["schemas"]["BackorderEventLine"][];
        };
        BackorderEventLine: {
            line: number;
            /** @example MUG-BLUE */
            item: string;
            /** @description Some of the line still waits for stock. */
            waiting: boolean;
            /**
             * @description Latest day promised for what waits, local to the node; absent when nobody knows.
             * @example 2026-03-09
             */
            promisedDate?: string;
            /**
             * @description What was promised before.
             * @example 2026-03-06
             */
            previousDate?: string;
        };
        CancelEdgeLine: {
            /** @example 1 */
            line: number;
            /** @description In the unit of the order line or in the item's base unit; all that is open when absent. */
            quantity?: components["schemas"]["QuantityDto"];
        };
        CancelEdgeOrderRequest: {
            /** @description Everything that is open when absent. */
            lines?: components["schemas"]["CancelEdgeLine"][];
            /** @example ordered twice */
            reason?: string;
        };
        CancelEdgeOrderResponse: {
            /**
             * @description REQUESTED: a warehouse already works on it and is asked; PARTIAL: something has shipped and stays.
             * @enum {string}
             */
            outcome: "CANCELLED" | "NOTHING_TO_CANCEL" | "PARTIAL" | "REQUESTED";
            order: components["schemas"]["EdgeOrder"];
        };
        ChangeEdgeLine: {
            /** @example 1 */
            line: number;
            increase?: components["schemas"]["QuantityDto"];
            decrease?: components["schemas"]["QuantityDto"];
            /** @description True: all that is open. */
            drop?: boolean;
        };
        ChangeEdgeOrderRequest: {
            lines?: components["schemas"]["ChangeEdgeLine"][];
            /** @description Lines to add; their numbers are new to the order. */
            add?: components["schemas"]["OrderLineRequest"][];
            /**
             * @description Wanted ship day, local to the node.
             * @example 2026-03-16
             */
            requestedDate?: string;
            /**
             * @description Another of the caller's ship-tos.
             * @example LEEDS
             */
            shipTo?: string;
            /** @example the shop moves */
            reason?: string;
        };
        ChangeEdgeOrderResponse: {
            /**
             * @description REQUESTED: a warehouse is asked, and its answer decides; PARTIAL: some was past recall meanwhile.
             * @enum {string}
             */
            outcome: "APPLIED" | "PARTIAL" | "REQUESTED";
            /** @description The order that carries what was added. */
            followOn?: string;
            order: components["schemas"]["EdgeOrder"];
        };
        ControlTotals: {
            /**
             * @description Number of lines.
             * @example 2
             */
            lines?: number;
            /**
             * @description Σ of the quantities as sent, whatever their units.
             * @example 26
             */
            quantity?: string;
            /**
             * @description Σ lines + charges − allowances + tax.
             * @example {
             *       "amount": "290.15",
             *       "currency": "GBP"
             *     }
             */
            amount?: components["schemas"]["MoneyDto"];
        };
        EdgeOrder: {
            /** @example ord_019a3b6e8f1c7d2a9b4c5d6e7f801234 */
            id: string;
            /** @example PO-10042 */
            purchaseOrder: string;
            release?: string;
            /** @enum {string} */
            status: "ACCEPTED" | "BACKORDERED" | "CANCELLED" | "CANCEL_REQUESTED" | "ON_HOLD" | "PARTIALLY_SHIPPED" | "PROMISED" | "RELEASED" | "SHIPPED";
            /** @description Grows with every change; the ETag is made of it. */
            version: number;
            /** @example BRISTOL */
            shipTo: string;
            /** @description Absent while we do not know your ship-to: then the order waits, and `holds` says so. */
            shipToAddress?: components["schemas"]["AddressDto"];
            requestedDate?: string;
            shipComplete: boolean;
            lines: components["schemas"]["EdgeOrderLine"][];
            charges: components["schemas"]["OrderCharge"][];
            /** @description Lines rounded, then summed, and charges. Absent while a line has no price. */
            total?: components["schemas"]["MoneyDto"];
            /** @description Why it waits, when it does. */
            holds: components["schemas"]["EdgeOrderHold"][];
            /** @description What was accepted although it looked odd. */
            warnings: components["schemas"]["OrderWarning"][];
            /** @description What the checks found when it was accepted: which line is held or dropped, and why. */
            findings: components["schemas"]["OrderFinding"][];
            shipments: components["schemas"]["EdgeOrderShipment"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        EdgeOrderHold: {
            /** @example CREDIT_LIMIT */
            code: string;
            detail: string;
            /** @description The line that waits; the whole order when absent. */
            line?: number;
            /** @description RFC 3339. */
            since: string;
        };
        EdgeOrderLine: {
            /** @example 1 */
            line: number;
            /**
             * @description Our item number.
             * @example 85123A
             */
            item: string;
            /** @example White hanging heart T-light holder */
            description: string;
            /** @description ordered = shipped + open + cancelled + substituted. */
            ordered: components["schemas"]["EdgeQuantity"];
            shipped: components["schemas"]["EdgeQuantity"];
            open: components["schemas"]["EdgeQuantity"];
            cancelled: components["schemas"]["EdgeQuantity"];
            /** @description What other lines deliver instead, with your consent; they say so in `insteadOf`. */
            substituted: components["schemas"]["EdgeQuantity"];
            /** @description Part of `open` that waits for stock. */
            backordered: components["schemas"]["EdgeQuantity"];
            /** @enum {string} */
            status: "ALLOCATED" | "BACKORDERED" | "CANCELLED" | "HELD" | "NEW" | "PACKED" | "PICKED" | "RELEASED" | "SHIPPED" | "SHORT" | "SUBSTITUTED";
            /** @description A line that you did not order: it is delivered in place of another. */
            insteadOf?: components["schemas"]["EdgeSubstitution"];
            /** @description Price of one `ordered.unit`. */
            unitPrice?: components["schemas"]["MoneyDto"];
            /**
             * @description Latest promised ship day of the open part, local to the node.
             * @example 2026-03-09
             */
            promisedDate?: string;
        };
        EdgeOrderPage: {
            orders: components["schemas"]["EdgeOrder"][];
            /** @description Cursor of the next page; absent on the last. */
            next?: string;
        };
        EdgeOrderShipment: {
            id: string;
            node: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             * @example 2026-03-02T15:04:05Z
             */
            shippedAt: string;
            /** @example UPS */
            carrier?: string;
            trackingNumbers: string[];
            /** @enum {string} */
            tracking?: "ACCEPTED" | "ATTEMPTED" | "DELIVERED" | "EXCEPTION" | "IN_TRANSIT" | "LABEL_CREATED" | "OUT_FOR_DELIVERY";
            lines: components["schemas"]["EdgeOrderShipmentLine"][];
        };
        EdgeOrderShipmentLine: {
            line: number;
            item: string;
            quantity: components["schemas"]["EdgeQuantity"];
        };
        EdgeQuantity: {
            /**
             * @description Decimal text, 0 or more.
             * @example 24
             */
            value: string;
            /**
             * @description UNECE Recommendation 20 unit code.
             * @example EA
             */
            unit: string;
        };
        EdgeShipment: {
            id: string;
            /** @description Id of the order. */
            order: string;
            /** @example PO-10042 */
            purchaseOrder: string;
            node: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             * @example 2026-03-02T15:04:05Z
             */
            shippedAt: string;
            /**
             * @description CORRECTED: the lines are not those first told. VOIDED: nothing of it left after all.
             * @enum {string}
             */
            status: "CONFIRMED" | "CORRECTED" | "VOIDED";
            carrier?: string;
            trackingNumbers: string[];
            /**
             * @description Where it is; absent before the carrier's first word.
             * @enum {string}
             */
            tracking?: "ACCEPTED" | "ATTEMPTED" | "DELIVERED" | "EXCEPTION" | "IN_TRANSIT" | "LABEL_CREATED" | "OUT_FOR_DELIVERY";
            shipTo: components["schemas"]["AddressDto"];
            lines: components["schemas"]["EdgeShipmentLine"][];
            version: number;
            /** Format: date-time */
            updatedAt: string;
        };
        EdgeShipmentFeed: {
            /** @description Oldest change first; a shipment comes again when it changes. */
            shipments: components["schemas"]["EdgeShipment"][];
            /** @description Give this as `since` next time. */
            next: string;
            /** @description True when another page is waiting. */
            more: boolean;
        };
        EdgeShipmentLine: {
            /**
             * @description Line of the order.
             * @example 1
             */
            line: number;
            /** @example 85123A */
            item: string;
            /** @description In the item's base unit. */
            quantity: components["schemas"]["EdgeQuantity"];
        };
        EdgeSubstitution: {
            /**
             * @description The line that it stands for.
             * @example 1
             */
            line: number;
            /**
             * @description The item that was ordered.
             * @example CANDLE-AMBER
             */
            item: string;
            /** @description How much of that item it stands for, in the unit of that line. */
            quantity: components["schemas"]["EdgeQuantity"];
        };
        EdgeValidatedLine: {
            /** @example 1 */
            line: number;
            /**
             * @description ACCEPT; HOLD: waits for a person; PARK: waits until its codes mean something; DROP: the order goes without it.
             * @enum {string}
             */
            verdict: "ACCEPT" | "DROP" | "HOLD" | "PARK";
            /**
             * @description Our item number; absent while the code means nothing.
             * @example MUG-BLUE
             */
            item?: string;
            /** @description What would be recorded, rounded up where that is agreed. */
            ordered?: components["schemas"]["EdgeQuantity"];
            /** @description Price of one `ordered.unit` that would be in force. */
            unitPrice?: components["schemas"]["MoneyDto"];
            /** @description What can be promised now. Nothing is held by asking. */
            promised: components["schemas"]["EdgeValidatedSlice"][];
            /** @description What nothing known covers. */
            unpromised?: components["schemas"]["EdgeQuantity"];
        };
        EdgeValidatedSlice: {
            quantity: components["schemas"]["EdgeQuantity"];
            /**
             * @description Day on which it can ship, local to the node.
             * @example 2026-03-09
             */
            shipDate: string;
        };
        EdgeValidation: {
            /**
             * @description What placing this order would come to. REPLAY: it is known, and `order` would be answered.
             * @enum {string}
             */
            verdict: "ACCEPT" | "HOLD" | "REJECT" | "REPLAY";
            /** @description Id of the order that has this purchase order number already. */
            order?: string;
            /** @description Everything that the checks found, REJECT first. */
            findings: components["schemas"]["OrderFinding"][];
            lines: components["schemas"]["EdgeValidatedLine"][];
            /** @description Lines rounded, then summed, and charges, at the prices that would be in force. */
            total?: components["schemas"]["MoneyDto"];
        };
        EventTypeList: {
            eventTypes: components["schemas"]["EventTypeView"][];
        };
        EventTypeView: {
            /** @example order.shipped */
            type: string;
            /** @example All of an order that is not cancelled has left. */
            description: string;
            /**
             * @description Version of the schema of its data.
             * @example 1
             */
            schemaVersion: number;
            /**
             * @description Name of that schema in this document.
             * @example OrderEventData
             */
            dataSchema: string;
        };
        ExceptionEventData: {
            /**
             * @description What it is about.
             * @example order
             */
            objectType: string;
            objectId: string;
            order?: string;
            line?: number;
            /** @example CREDIT_HOLD */
            code: string;
        };
        ExplainRequest: {
            /**
             * @description Days of the table; 1 to 180, default 30.
             * @example 7
             */
            days?: number;
        };
        ExplainedDay: {
            date: string;
            supply: string;
            demand: string;
            /** @description Projected available balance at the end of the day, safety stock left out; negative is a shortage. */
            projected: string;
            /** @description Promisable on the day, to the channel asked for. */
            availableToPromise: string;
            /** @description On days of receipt, and today: what comes less what it has to serve until the next receipt, shortages corrected. Not for lots. */
            discrete?: string;
            /** @description Ids of the supply that comes. */
            supplies: string[];
            demands: components["schemas"]["ExplainedDemand"][];
        };
        ExplainedDemand: {
            quantity: string;
            /** @description The supply it is pegged to. */
            supply?: string;
        };
        ExplainedNode: {
            node: string;
            /** @description The item asked for, a component of it, or a substitute. */
            item: string;
            days: components["schemas"]["ExplainedDay"][];
            /** @description Sources of the node that are beyond their age: why less is promised there, or how much it may be wrong. Absent when none is. */
            stale?: components["schemas"]["StaleSource"][];
            /** @description What the supply of those days is made of. */
            expected: components["schemas"]["ExplainedSupply"][];
        };
        ExplainedSupply: {
            id: string;
            /** @enum {string} */
            kind: "ASN" | "PURCHASE_ORDER" | "TRANSFER";
            /** @description What counts: of a purchase order what is not announced, of an ASN no more than its order still has to come. */
            quantity: string;
            /** @description What is still to come by this document alone. */
            open: string;
            /** @description ASN: the purchase order that it replaces. */
            announces?: string;
            availableOn: string;
        };
        ExtendReservationRequest: {
            /** @description Seconds from now that it is to live: 1 to 604,800; never shortens it. */
            ttlSeconds: number;
        };
        ExtendedReservation: {
            id: string;
            /**
             * Format: date-time
             * @description Earlier than asked for when the longest life allowed ends it.
             */
            expiresAt: string;
        };
        InvoiceEventData: {
            /** @example INV-2026-00042 */
            invoice: string;
            shipment: string;
            order: string;
            /** @description Absent when a line has no agreed price. */
            total?: components["schemas"]["MoneyDto"];
        };
        LeadTimePart: {
            quantity: components["schemas"]["EdgeQuantity"];
            /** @example DC-NORTH */
            node: string;
            /**
             * @description Day on which it could leave, local to the node.
             * @example 2026-03-12
             */
            shipDate: string;
            /**
             * @description Day on which it would arrive; only of a node that has a calendar.
             * @example 2026-03-16
             */
            deliveryDate?: string;
        };
        MoneyDto: {
            /**
             * @description Decimal text.
             * @example 12.50
             */
            amount: string;
            /**
             * @description ISO 4217 currency.
             * @example GBP
             */
            currency: string;
        };
        NewWebhookEndpoint: {
            /**
             * @description Signs what is sent. Shown this once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
            /** @example whe_019a7c51e2c87d5f8a3be6b1c2d3e4f5 */
            id: string;
            url: string;
            /** @description All types when absent. */
            eventTypes?: string[];
            description?: string;
            enabled: boolean;
            /**
             * @description Why it is not enabled: BY_PARTNER; GONE, it answered 410; FAILING, nothing was taken for 120 hours.
             * @enum {string}
             */
            disabledReason?: "BY_PARTNER" | "FAILING" | "GONE";
            /** Format: date-time */
            disabledAt?: string;
            /** @description Since when every attempt has failed. */
            failingSince?: string;
            /**
             * Format: date-time
             * @description Since when nothing is sent because the partner is deactivated; what happens meanwhile is sent once it is let in again.
             */
            suspendedAt?: string;
            /** @description Until then the secret before the present one signs too. */
            previousSecretUntil?: string;
            /** @description Grows with every change of the settings. */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        OrderCharge: {
            /** @example FREIGHT */
            code: string;
            description?: string;
            /** @description Negative for an allowance. */
            amount: components["schemas"]["MoneyDto"];
        };
        OrderEventData: {
            /** @example ord_019a7c51e2c87d5f8a3be6b1c2d3e4f5 */
            order: string;
            /** @example PO-10001 */
            purchaseOrder: string;
            /**
             * @description As the order shows it.
             * @example RELEASED
             */
            status: string;
            /** @description Of the order: what is read with a smaller one is older than this event. */
            version: number;
            total?: components["schemas"]["MoneyDto"];
        };
        OrderFinding: {
            /** @enum {string} */
            check: "AVAILABILITY" | "COMPLIANCE" | "CREDIT" | "CUSTOMER" | "DATES" | "DUPLICATE" | "ELIGIBILITY" | "ITEM" | "MULTIPLE" | "PARTNER" | "PRICE" | "ROUTING" | "SHIP_TO" | "STRUCTURE" | "TAX" | "TERMS" | "TOTALS" | "UNIT";
            /** @example PRICE_MISMATCH */
            code: string;
            /** @enum {string} */
            severity: "FIX" | "HOLD" | "REJECT" | "WARN";
            detail: string;
            /**
             * @description RFC 6901 pointer into the order as sent.
             * @example /lines/0/unitPrice
             */
            pointer?: string;
            /**
             * @description The line it concerns alone; the whole order when absent.
             * @example 1
             */
            line?: number;
            /** @description What was sent. */
            seen?: string;
            /** @description What would have been accepted. */
            expected?: string;
        };
        OrderLineEventData: {
            order: string;
            line: number;
            /**
             * @description ITEM_UNKNOWN, UNIT_UNKNOWN or UNIT_INEXACT.
             * @example ITEM_UNKNOWN
             */
            code: string;
        };
        OrderLineRequest: {
            /**
             * @description Number of the line in the partner's purchase order, unique in it.
             * @example 1
             */
            line: number;
            /**
             * @description SKU, GTIN, or the partner's own code where a cross-reference explains it.
             * @example 85123A
             */
            item: string;
            quantity: components["schemas"]["OrderedQuantityDto"];
            /** @description Price the partner expects for `priceBasis` of `quantity.unit`; checked against ours. */
            unitPrice?: components["schemas"]["MoneyDto"];
            /**
             * @description Units that `unitPrice` is for; 1 when absent.
             * @example 100
             */
            priceBasis?: string;
            /** @description Consent: approved substitutes may be delivered instead; as the order says when absent. */
            substitutes?: boolean;
        };
        OrderWarning: {
            code: string;
            detail: string;
            pointer?: string;
        };
        OrderedQuantityDto: {
            /**
             * @description Decimal text, greater than zero, at most 6 digits after the point.
             * @example 24
             */
            value: string;
            /**
             * @description UNECE Recommendation 20 code, or the partner's own.
             * @example EA
             */
            unit: string;
        };
        PartnerEvent: {
            /**
             * @description The `webhook-id` too.
             * @example evt_019a7c51e2c87d5f8a3be6b1c2d3e4f5
             */
            id: string;
            /** @example order.shipped */
            type: string;
            /**
             * @description Of the data; grows only beside a new type.
             * @example 1
             */
            schemaVersion: number;
            /**
             * Format: date-time
             * @description When it happened.
             */
            occurredAt: string;
            subject: components["schemas"]["PartnerEventSubject"];
            /** @description Counts the events of the subject from 1: a number that was skipped is an event that is missing. */
            sequence: number;
            /** @description As the schema of the type says. */
            data: {
                [key: string]: unknown;
            };
        };
        PartnerEventPage: {
            /** @description Oldest first. */
            events: components["schemas"]["PartnerEvent"][];
            /** @description Always there: what comes later is behind it. */
            next: string;
            /** @description There is more behind `next` already. */
            more: boolean;
        };
        PartnerEventSubject: {
            /** @example order */
            type: string;
            id: string;
        };
        PlaceOrderRequest: {
            /**
             * @description A reservation of the caller that this order stands for: what it holds becomes the order's, once, and what the order does
             *     not want is free again. One that has ended gives nothing; the order is then served like any other.
             */
            reservation?: string;
            /**
             * @description The partner's purchase order number; with `release` unique for ever.
             * @example PO-10042
             */
            purchaseOrder: string;
            /** @description Release of a blanket order. */
            release?: string;
            /**
             * @description One of the partner's ship-tos.
             * @example BRISTOL
             */
            shipTo: string;
            /**
             * @description Wanted ship day, local to the node.
             * @example 2026-03-09
             */
            requestedDate?: string;
            /** @description Ship everything together or nothing. */
            shipComplete?: boolean;
            /**
             * @description What may leave before the rest, when it is not as the partner's policy says.
             * @enum {string}
             */
            partial?: "FILL_OR_KILL" | "PARTIAL_OK" | "SHIP_COMPLETE_LINE" | "SHIP_COMPLETE_ORDER";
            /** @description Consent: approved substitutes may be delivered for what is not there on time; as the partner's policy says when absent. */
            substitutes?: boolean;
            /**
             * @description After this day (UTC) nothing more is wanted of what no node works on.
             * @example 2026-03-20
             */
            cancelAfter?: string;
            lines: components["schemas"]["OrderLineRequest"][];
            /** @description Freight, handling and the like: money, not goods. */
            charges?: components["schemas"]["OrderCharge"][];
            /**
             * @description Why this purchase order number is sent (X12 353 / EDIFACT 1225): ORIGINAL when absent; DUPLICATE answers the order there is;
             *     CANCELLATION cancels what is open of it; REPLACE says the whole order anew; CHANGE says the lines that it names anew and leaves
             *     the others. Both become a change of the order there is: lines keep their item, prices and charges stay as agreed.
             * @enum {string}
             */
            purpose?: "CANCELLATION" | "CHANGE" | "DUPLICATE" | "ORIGINAL" | "REPLACE";
            /**
             * @description REPLACE and CHANGE: which one it is of this purchase order. One that is not newer than the last is refused.
             * @example 2
             */
            changeSequence?: number;
            /** @description True: a test message. */
            test?: boolean;
            /** @example NET30 */
            paymentTerms?: string;
            /**
             * @description Party to be billed.
             * @example 17850-HQ
             */
            billTo?: string;
            shipWindow?: components["schemas"]["ShipWindow"];
            /**
             * @description Certificate under which no tax is due.
             * @example EX-2026-17
             */
            taxExemption?: string;
            /** @description Tax in the amount of `controlTotals`. */
            tax?: components["schemas"]["MoneyDto"];
            routing?: components["schemas"]["RoutingRequest"];
            controlTotals?: components["schemas"]["ControlTotals"];
        };
        PlacedReservation: {
            /** @example rsv_1f0c5a3d9b8e47260a1b2c3d4e5f6071 */
            id: string;
            /**
             * Format: date-time
             * @description When it ends unless it is extended, released or ordered before.
             */
            expiresAt: string;
            lines: components["schemas"]["ReservedLineAnswer"][];
        };
        PortalItem: {
            /**
             * @description Our item number.
             * @example 85123A
             */
            sku: string;
            /** @example White hanging heart T-light holder */
            description: string;
            /**
             * @description Only ACTIVE items can be ordered.
             * @enum {string}
             */
            status: "ACTIVE" | "BLOCKED" | "DISCONTINUED";
            /**
             * @description Unit that stock is kept in.
             * @example EA
             */
            baseUnit: string;
            /** @description Every unit it can be ordered in, the base unit first. */
            units: components["schemas"]["PortalItemUnit"][];
            /**
             * @description GTIN of one base unit.
             * @example 04006381333931
             */
            gtin?: string;
            /** @description Price of one base unit without a contract. */
            listPrice?: components["schemas"]["MoneyDto"];
        };
        PortalItemPage: {
            items: components["schemas"]["PortalItem"][];
            /** @description Cursor of the next page; absent on the last. */
            next?: string;
        };
        PortalItemUnit: {
            /**
             * @description UNECE Recommendation 20 unit code.
             * @example XCS
             */
            unit: string;
            /**
             * @description Base units in one of these.
             * @example 12
             */
            baseQuantity: string;
            /** @example 10614141123459 */
            gtin?: string;
        };
        PortalReservation: {
            id: string;
            /**
             * @description HELD while anything is held; then what ended it last. NOTHING: no line was ever covered.
             * @enum {string}
             */
            state: "CONVERTED" | "EXPIRED" | "HELD" | "NOTHING" | "PREEMPTED" | "RELEASED" | "SHIPPED";
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends, or ended unless something else ended it.
             */
            expiresAt?: string;
            lines: components["schemas"]["PortalReservationLine"][];
            /** @description Oldest first. */
            history: components["schemas"]["PortalReservationChange"][];
        };
        PortalReservationChange: {
            /**
             * @description PREEMPTED: given to a more urgent demand.
             * @enum {string}
             */
            event: "CONVERTED" | "CREATED" | "EXPIRED" | "EXTENDED" | "PREEMPTED" | "RELEASED";
            at: string;
            /**
             * Format: date-time
             * @description EXTENDED: the new end.
             */
            expiresAt?: string;
            /** @description CONVERTED: the order that has it now. */
            order?: string;
            lines?: components["schemas"]["PortalReservationChangeLine"][];
        };
        PortalReservationChangeLine: {
            line: number;
            /** @description What left, in the item's base unit. */
            quantity: components["schemas"]["EdgeQuantity"];
        };
        PortalReservationLine: {
            line: number;
            /** @example 85123A */
            item: string;
            /** @description What is still held, in the item's base unit. */
            open: components["schemas"]["EdgeQuantity"];
            slices: components["schemas"]["ReservedPart"][];
        };
        ProblemDto: {
            /** @example https://crossdock.dev/problems#order-invalid */
            type: string;
            /** @example Order invalid */
            title: string;
            /**
             * @description The HTTP status.
             * @example 422
             */
            status: number;
            /**
             * @description Stable code of the registry under /docs/errors.
             * @example ORDER_INVALID
             */
            code: string;
            detail?: string;
            /**
             * @description Path of the request.
             * @example /portal/v1/orders
             */
            instance?: string;
            /** @description As in the Request-Id header. */
            request_id?: string;
            errors?: components["schemas"]["ProblemFaultDto"][];
            /**
             * @description Quotas that the request would have broken; with QUOTA_EXCEEDED only.
             * @example [
             *       "burst"
             *     ]
             */
            "violated-policies"?: string[];
        };
        ProblemFaultDto: {
            /**
             * @description RFC 6901 pointer into the request body; absent for a parameter or header.
             * @example /lines/0/item
             */
            pointer?: string;
            /** @example ITEM_UNKNOWN */
            code: string;
            /** @example item 9X is not known */
            detail: string;
            /**
             * @description REJECT is why the request was refused; WARN and FIX only came along.
             * @example REJECT
             * @enum {string}
             */
            severity?: "FIX" | "HOLD" | "REJECT" | "WARN";
            /**
             * @description What was sent.
             * @example 9X
             */
            seen?: string;
            /** @description What would have been accepted. */
            expected?: string;
            /**
             * @description The next day on which the same would work; with INSUFFICIENT_AVAILABILITY only.
             * @example 2026-03-09
             */
            nextDate?: string;
            /**
             * @description The day by which what is missing could be bought, of items that may be; with INSUFFICIENT_AVAILABILITY only.
             * @example 2026-03-12
             */
            leadTimeDate?: string;
        };
        PromisedComponent: {
            item: string;
            /** @description In the base unit of the component. */
            quantity: components["schemas"]["EdgeQuantity"];
            /** @enum {string} */
            basis: "ASN" | "ON_HAND" | "PURCHASE_ORDER" | "TRANSFER";
            /** @description Id of the supply it waits for. */
            supply?: string;
        };
        PromisedSlice: {
            /** @description In the unit asked for when it is whole in it, else in the base unit. */
            quantity: components["schemas"]["EdgeQuantity"];
            /**
             * @description Day it leaves, local to the node, by the calendar of the node.
             * @example 2026-03-09
             */
            shipDate: string;
            /**
             * @description Day it arrives; only of a node that has a calendar.
             * @example 2026-03-11
             */
            deliveryDate?: string;
            /**
             * @description When `deliverBy` was asked for: the last day on which it may leave and still arrive by then.
             * @example 2026-03-10
             */
            shipBy?: string;
            /**
             * @description When `deliverBy` was asked for, of a node with a calendar: released before this time, local to the node, it leaves by `shipBy`.
             * @example 2026-03-09T14:00
             */
            releaseBy?: string;
            /** @example DC-NORTH */
            node: string;
            /**
             * @description What the promise stands on. LEAD_TIME: can be bought by then, no supply is known. SUBSTITUTE: another item instead.
             * @enum {string}
             */
            basis: "ASN" | "LEAD_TIME" | "ON_HAND" | "PURCHASE_ORDER" | "SUBSTITUTE" | "TRANSFER";
            /**
             * @description Id of the supply it is pegged to; absent for stock on hand.
             * @example PO-881-1
             */
            supply?: string;
            /** @description SUBSTITUTE: what is delivered instead. */
            substitute?: components["schemas"]["PromisedSubstitute"];
            /** @description Of a kit: what it is put together from. */
            components?: components["schemas"]["PromisedComponent"][];
        };
        PromisedSubstitute: {
            /** @example CANDLE-PINE */
            item: string;
            /** @description How much of that item, in its base unit. */
            quantity: components["schemas"]["EdgeQuantity"];
        };
        QuantityDto: {
            /**
             * @description Decimal text, greater than zero, at most 6 digits after the point.
             * @example 24
             */
            value: string;
            /**
             * @description UNECE Recommendation 20 unit code (packages with the prefix X of Recommendation 21).
             * @example EA
             */
            unit: string;
        };
        ReleaseReservationLine: {
            /** @example 1 */
            line: number;
            /** @description All that is held when absent. */
            quantity?: components["schemas"]["QuantityDto"];
        };
        ReleaseReservationRequest: {
            /** @description Everything when absent. */
            lines?: components["schemas"]["ReleaseReservationLine"][];
            /** @example basket given up */
            reason?: string;
        };
        ReleasedReservation: {
            id: string;
            /** @description What was set free now, in the item's base unit; 0 of what had ended before. */
            released: components["schemas"]["PortalReservationChangeLine"][];
        };
        ReservationEventData: {
            reservation: string;
            lines: components["schemas"]["ReservationEventLine"][];
        };
        ReservationEventLine: {
            line: number;
            item: string;
        };
        ReservationLineRequest: {
            /**
             * @description Unique in the reservation.
             * @example 1
             */
            line: number;
            /**
             * @description SKU or GTIN.
             * @example 85123A
             */
            item: string;
            quantity: components["schemas"]["QuantityDto"];
            /**
             * @description Earliest ship day wanted, local to the node; today when absent.
             * @example 2026-03-09
             */
            requestedDate?: string;
            /**
             * @description Latest ship day that is good enough; any day that is known of when absent.
             * @example 2026-03-20
             */
            latestDate?: string;
            /**
             * @description Latest delivery day that is good enough: what would arrive later is not promised. A node without a calendar delivers on its ship day.
             * @example 2026-03-23
             */
            deliverBy?: string;
            /**
             * @description Only from this node; from any when absent.
             * @example DC-NORTH
             */
            node?: string;
            /** @description Consent: what is not there on time may be held of the substitutes that are approved for the item. No when absent. */
            substitutes?: boolean;
        };
        ReservationRequest: {
            /** @description 1 to 500 lines, taken in one step. */
            lines: components["schemas"]["ReservationLineRequest"][];
            /**
             * @description ALL_OR_NOTHING (default) refuses with 409 unless every line is covered in full.
             * @enum {string}
             */
            mode?: "ALL_OR_NOTHING" | "PARTIAL";
            /** @description How long it holds, by the clock of the database: 1 to 604,800 seconds, default 900. */
            ttlSeconds?: number;
        };
        ReservedLineAnswer: {
            line: number;
            /**
             * @description Our item number.
             * @example 85123A
             */
            item: string;
            requested: components["schemas"]["EdgeQuantity"];
            /** @description Held for the caller. */
            reserved: components["schemas"]["EdgeQuantity"];
            /** @description Not held: requested − reserved. */
            uncovered: components["schemas"]["EdgeQuantity"];
            slices: components["schemas"]["ReservedPart"][];
            /** @description By when what is not held could be bought, of an item that may be. Nothing is held for it. */
            leadTime?: components["schemas"]["LeadTimePart"];
        };
        ReservedPart: {
            /** @description In the unit asked for when it is whole in it, else in the base unit. */
            quantity: components["schemas"]["EdgeQuantity"];
            /**
             * @description Day it can leave, local to the node.
             * @example 2026-03-09
             */
            shipDate: string;
            /** @example DC-NORTH */
            node: string;
            /**
             * @description What it stands on.
             * @enum {string}
             */
            basis: "ASN" | "LEAD_TIME" | "ON_HAND" | "PURCHASE_ORDER" | "SUBSTITUTE" | "TRANSFER";
            /** @description SUBSTITUTE: what is held instead. */
            substitute?: components["schemas"]["PromisedSubstitute"];
            /** @description Of a kit: what is held or awaited of its components. */
            components?: components["schemas"]["PromisedComponent"][];
        };
        RoutingRequest: {
            /** @example UPS */
            carrier?: string;
            /**
             * @description Account that pays where the freight is collect or third party.
             * @example A12345
             */
            account?: string;
            /** @enum {string} */
            terms?: "COLLECT" | "PREPAID" | "PREPAID_AND_CHARGE" | "THIRD_PARTY";
        };
        ShipWindow: {
            /**
             * @description First day on which it may ship.
             * @example 2026-03-09
             */
            from: string;
            /**
             * @description Last one.
             * @example 2026-03-13
             */
            to: string;
        };
        ShipmentEventData: {
            shipment: string;
            order: string;
            /**
             * Format: date-time
             * @example 2026-03-09T14:05:00Z
             */
            shippedAt?: string;
            carrier?: string;
            trackingNumbers?: string[];
            /** @example IN_TRANSIT */
            tracking?: string;
            /** @description shipment.corrected: 2 is the first correction. */
            revision?: number;
            /** @description shipment.corrected: nothing of it left. */
            voided?: boolean;
        };
        Shortfall: {
            quantity: components["schemas"]["EdgeQuantity"];
            /**
             * @description What is in the way: whole packs, the channel's cap, what other channels have for themselves, the node named, the latest day, safety
             *     stock, shelf life, supply that is overdue, supply beyond the horizon. NO_SUPPLY: nothing known would cover it.
             * @enum {string}
             */
            reason: "CHANNEL_CAP" | "CHANNEL_PROTECTED" | "HORIZON" | "LATEST_DATE" | "NODE" | "NO_SUPPLY" | "OVERDUE_SUPPLY" | "PACK_ROUNDING" | "SAFETY_STOCK" | "SHELF_LIFE" | "STALE_SOURCE";
        };
        StaleSource: {
            node: string;
            source: string;
            /**
             * Format: date-time
             * @description When we last heard of it at the node, RFC 3339; absent: never.
             */
            heardAt?: string;
            /** @enum {string} */
            policy: "FLOOR" | "HOLD" | "LAST_KNOWN";
            /** @description FLOOR: the share that may be promised. */
            floorShare?: string;
        };
        SubstitutionEventData: {
            order: string;
            purchaseOrder: string;
            version: number;
            lines: components["schemas"]["SubstitutionEventLine"][];
        };
        SubstitutionEventLine: {
            /** @description The new line. */
            line: number;
            /** @example CANDLE-CITRUS */
            item: string;
            /** @description The line that asked for another item. */
            insteadOfLine: number;
            /** @example CANDLE-AMBER */
            insteadOfItem: string;
        };
        WebhookAttempt: {
            at: string;
            /** @description HTTP status of the answer; absent when none came. */
            status?: number;
            milliseconds: number;
            /** @description First 1,024 bytes of the answer, as UTF-8. */
            answer?: string;
            /** @description Why there was no answer, or why it was not good enough. */
            error?: string;
        };
        WebhookDelivery: {
            /** @example dlv_019a7c51e2c87d5f8a3be6b1c2d3e4f5 */
            id: string;
            endpoint: string;
            /** @description Id of the event, which is the `webhook-id` of every attempt. */
            event: string;
            eventType: string;
            /**
             * @description PENDING: is tried, or tried again. FAILED: ten attempts failed, or the endpoint was disabled.
             * @enum {string}
             */
            state: "DELIVERED" | "FAILED" | "PENDING";
            /** @description Since it was created, or was last asked for again. */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description PENDING: when it is tried next.
             */
            nextAttemptAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            /** @description HTTP status of the last answer. */
            lastStatus?: number;
            /**
             * @description PENDING, but not tried for now: PARTNER_DEACTIVATED until the partner is let in again.
             * @enum {string}
             */
            held?: "PARTNER_DEACTIVATED";
        };
        WebhookDeliveryDetail: {
            /** @example dlv_019a7c51e2c87d5f8a3be6b1c2d3e4f5 */
            id: string;
            endpoint: string;
            /** @description Id of the event, which is the `webhook-id` of every attempt. */
            event: string;
            eventType: string;
            /**
             * @description PENDING: is tried, or tried again. FAILED: ten attempts failed, or the endpoint was disabled.
             * @enum {string}
             */
            state: "DELIVERED" | "FAILED" | "PENDING";
            /** @description Since it was created, or was last asked for again. */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description PENDING: when it is tried next.
             */
            nextAttemptAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            /** @description HTTP status of the last answer. */
            lastStatus?: number;
            /**
             * @description PENDING, but not tried for now: PARTNER_DEACTIVATED until the partner is let in again.
             * @enum {string}
             */
            held?: "PARTNER_DEACTIVATED";
            /** @description Oldest first; the newest twenty. */
            log: components["schemas"]["WebhookAttempt"][];
        };
        WebhookDeliveryPage: {
            /** @description Newest first. */
            deliveries: components["schemas"]["WebhookDelivery"][];
            next?: string;
        };
        WebhookEndpoint: {
            /** @example whe_019a7c51e2c87d5f8a3be6b1c2d3e4f5 */
            id: string;
            url: string;
            /** @description All types when absent. */
            eventTypes?: string[];
            description?: string;
            enabled: boolean;
            /**
             * @description Why it is not enabled: BY_PARTNER; GONE, it answered 410; FAILING, nothing was taken for 120 hours.
             * @enum {string}
             */
            disabledReason?: "BY_PARTNER" | "FAILING" | "GONE";
            /** Format: date-time */
            disabledAt?: string;
            /** @description Since when every attempt has failed. */
            failingSince?: string;
            /**
             * Format: date-time
             * @description Since when nothing is sent because the partner is deactivated; what happens meanwhile is sent once it is let in again.
             */
            suspendedAt?: string;
            /** @description Until then the secret before the present one signs too. */
            previousSecretUntil?: string;
            /** @description Grows with every change of the settings. */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookEndpointContent: {
            /**
             * @description Where events are sent to by POST: https, on the public Internet.
             * @example https://shop.example/crossdock
             */
            url: string;
            /** @description Types to send; all of them, also those to come, when absent. */
            eventTypes?: ("backorder.promised" | "exception.cleared" | "exception.opened" | "invoice.issued" | "order.accepted" | "order.backordered" | "order.cancel-requested" | "order.cancelled" | "order.held" | "order.line.parked" | "order.line.resumed" | "order.line.substituted" | "order.partially-shipped" | "order.promised" | "order.released" | "order.resumed" | "order.shipped" | "reservation.preempted" | "shipment.corrected" | "shipment.delivered" | "shipment.dispatched" | "shipment.updated" | "webhook.disabled" | "webhook.test")[];
            /** @example order desk */
            description?: string;
            /** @description False: nothing is sent, and nothing that happens meanwhile is sent later by itself. Default true. */
            enabled?: boolean;
        };
        WebhookEndpointList: {
            endpoints: components["schemas"]["WebhookEndpoint"][];
        };
        WebhookEventData: {
            /** @example whe_019a7c51e2c87d5f8a3be6b1c2d3e4f5 */
            endpoint: string;
            /**
             * @description webhook.disabled: GONE, it answered 410; FAILING, nothing was taken for 120 hours.
             * @example FAILING
             */
            reason?: string;
        };
        WebhookReplay: {
            /** @description Deliveries that are sent again; at most 10,000 in one request. */
            queued: number;
            /** @description There are more: ask again from `continueFrom`. */
            continueFrom?: string;
        };
        WebhookReplayContent: {
            /**
             * @description FAILED: deliveries that failed. ALL: every event of the types of the endpoint, also what it has taken or never was sent.
             * @enum {string}
             */
            what: "ALL" | "FAILED";
            /**
             * Format: date-time
             * @description Recorded at this moment or later.
             * @example 2026-03-02T10:00:00Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Recorded before this moment; up to now when absent.
             * @example 2026-03-02T12:00:00Z
             */
            to?: string;
        };
        WebhookRotationContent: {
            /** @description Hours for which the old secret signs too, 0 to 168, default 24. */
            overlapHours?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export interface operations {
    "portalAvailability.query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lines": [
                 *         {
                 *           "item": "MUG-BLUE",
                 *           "quantity": {
                 *             "value": "48",
                 *             "unit": "EA"
                 *           }
                 *         },
                 *         {
                 *           "item": "CANDLE-PINE",
                 *           "quantity": {
                 *             "value": "2",
                 *             "unit": "XCS"
                 *           },
                 *           "substitutes": true
                 *         }
                 *       ],
                 *       "explain": {
                 *         "days": 7
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AvailabilityRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityResponse"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalEvents.types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeList"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalEvents.list": {
        parameters: {
            query?: {
                /** @description `next` of the page before, with the same filters; from the oldest event kept when absent. */
                since?: string;
                type?: "backorder.promised" | "exception.cleared" | "exception.opened" | "invoice.issued" | "order.accepted" | "order.backordered" | "order.cancel-requested" | "order.cancelled" | "order.held" | "order.line.parked" | "order.line.resumed" | "order.line.substituted" | "order.partially-shipped" | "order.promised" | "order.released" | "order.resumed" | "order.shipped" | "reservation.preempted" | "shipment.corrected" | "shipment.delivered" | "shipment.dispatched" | "shipment.updated" | "webhook.disabled" | "webhook.test";
                /** @description Type of a subject; with `subjectId`. */
                subjectType?: string;
                subjectId?: string;
                /** @description 1 to 500, default 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerEventPage"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalEvents.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerEvent"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalItems.list": {
        parameters: {
            query?: {
                /** @description Opaque: `next` of the page before, with the same search. */
                cursor?: string;
                /** @description 1 to 200, default 50; more is taken as 200. */
                limit?: number;
                /** @description Part of the number or the description. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalItemPage"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalItems.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalItem"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalOrders.list": {
        parameters: {
            query?: {
                /** @description Opaque: `next` of the page before, with the same filters. */
                cursor?: string;
                /** @description 1 to 200, default 50; more is taken as 200. */
                limit?: number;
                status?: "ACCEPTED" | "BACKORDERED" | "CANCELLED" | "CANCEL_REQUESTED" | "ON_HOLD" | "PARTIALLY_SHIPPED" | "PROMISED" | "RELEASED" | "SHIPPED";
                purchaseOrder?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeOrderPage"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalOrders.place": {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. Optional here: the business key of the request is permanent and has the same effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "purchaseOrder": "PO-10042",
                 *       "shipTo": "BRISTOL",
                 *       "partial": "PARTIAL_OK",
                 *       "lines": [
                 *         {
                 *           "line": 1,
                 *           "item": "MUG-BLUE",
                 *           "quantity": {
                 *             "value": "24",
                 *             "unit": "EA"
                 *           }
                 *         },
                 *         {
                 *           "line": 2,
                 *           "item": "CANDLE-PINE",
                 *           "quantity": {
                 *             "value": "2",
                 *             "unit": "XCS"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PlaceOrderRequest"];
            };
        };
        responses: {
            /** @description This purchase order was accepted before. */
            200: {
                headers: {
                    /** @description Version of the order, for If-Match. */
                    ETag?: string;
                    /** @description Path of the order. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeOrder"];
                };
            };
            /** @description Accepted. */
            201: {
                headers: {
                    /** @description Version of the order, for If-Match. */
                    ETag?: string;
                    /** @description Path of the order. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeOrder"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalOrders.validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "purchaseOrder": "PO-10043",
                 *       "shipTo": "BRISTOL",
                 *       "partial": "PARTIAL_OK",
                 *       "lines": [
                 *         {
                 *           "line": 1,
                 *           "item": "MUG-BLUE",
                 *           "quantity": {
                 *             "value": "24",
                 *             "unit": "EA"
                 *           }
                 *         },
                 *         {
                 *           "line": 2,
                 *           "item": "CANDLE-PINE",
                 *           "quantity": {
                 *             "value": "2",
                 *             "unit": "XCS"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PlaceOrderRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeValidation"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalOrders.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description Version of the order, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeOrder"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalOrders.cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version seen. Another version now: 412. */
                "If-Match"?: string;
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. Optional here: the business key of the request is permanent and has the same effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "lines": [
                 *         {
                 *           "line": 1,
                 *           "quantity": {
                 *             "value": "12",
                 *             "unit": "EA"
                 *           }
                 *         }
                 *       ],
                 *       "reason": "ordered twice"
                 *     }
                 */
                "application/json": components["schemas"]["CancelEdgeOrderRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description Version of the order, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelEdgeOrderResponse"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalOrders.change": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version seen. Another version now: 412. */
                "If-Match"?: string;
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. Optional here: the business key of the request is permanent and has the same effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lines": [
                 *         {
                 *           "line": 1,
                 *           "decrease": {
                 *             "value": "12",
                 *             "unit": "EA"
                 *           }
                 *         }
                 *       ],
                 *       "reason": "the shop moves"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeEdgeOrderRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description Version of the order, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeEdgeOrderResponse"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalReservations.place": {
        parameters: {
            query?: never;
            header: {
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lines": [
                 *         {
                 *           "line": 1,
                 *           "item": "MUG-BLUE",
                 *           "quantity": {
                 *             "value": "24",
                 *             "unit": "EA"
                 *           }
                 *         }
                 *       ],
                 *       "mode": "ALL_OR_NOTHING",
                 *       "ttlSeconds": 900
                 *     }
                 */
                "application/json": components["schemas"]["ReservationRequest"];
            };
        };
        responses: {
            /** @description Was held under this key before. */
            200: {
                headers: {
                    /** @description Path of the reservation. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedReservation"];
                };
            };
            /** @description Held. */
            201: {
                headers: {
                    /** @description Path of the reservation. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedReservation"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalReservations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalReservation"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalReservations.extend": {
        parameters: {
            query?: never;
            header: {
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ttlSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["ExtendReservationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtendedReservation"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalReservations.release": {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. Optional here: the business key of the request is permanent and has the same effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "lines": [
                 *         {
                 *           "line": 1,
                 *           "quantity": {
                 *             "value": "12",
                 *             "unit": "EA"
                 *           }
                 *         }
                 *       ],
                 *       "reason": "basket given up"
                 *     }
                 */
                "application/json": components["schemas"]["ReleaseReservationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasedReservation"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalShipments.list": {
        parameters: {
            query?: {
                /** @description Only this order's. */
                order?: string;
                /** @description Cursor of the last change seen; from the beginning when absent. */
                since?: string;
                /** @description 1 to 200, default 50; more is taken as 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeShipmentFeed"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalShipments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description Version of the shipment. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeShipment"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.delivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryDetail"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.redeliver": {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. Optional here: without it a second call sends the same message once more, under the same id. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://shop.example/crossdock",
                 *       "eventTypes": [
                 *         "order.accepted",
                 *         "order.shipped"
                 *       ],
                 *       "description": "order desk"
                 *     }
                 */
                "application/json": components["schemas"]["WebhookEndpointContent"];
            };
        };
        responses: {
            /** @description Registered. */
            201: {
                headers: {
                    /** @description Version of the endpoint, for If-Match. */
                    ETag?: string;
                    /** @description Path of the endpoint. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description Version of the endpoint, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.update": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of the version seen. Another version now: 412. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://shop.example/crossdock",
                 *       "eventTypes": [
                 *         "order.shipped"
                 *       ],
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["WebhookEndpointContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description Version of the endpoint, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.delete": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version seen. Another version now: 412. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.deliveries": {
        parameters: {
            query?: {
                state?: "DELIVERED" | "FAILED" | "PENDING";
                eventType?: "backorder.promised" | "exception.cleared" | "exception.opened" | "invoice.issued" | "order.accepted" | "order.backordered" | "order.cancel-requested" | "order.cancelled" | "order.held" | "order.line.parked" | "order.line.resumed" | "order.line.substituted" | "order.partially-shipped" | "order.promised" | "order.released" | "order.resumed" | "order.shipped" | "reservation.preempted" | "shipment.corrected" | "shipment.delivered" | "shipment.dispatched" | "shipment.updated" | "webhook.disabled" | "webhook.test";
                /** @description Only that of this event. */
                event?: string;
                /** @description `next` of the page before, with the same filters. */
                cursor?: string;
                /** @description 1 to 200, default 50. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.replay": {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. Optional here: without it a second call sends the same messages once more, under the same ids. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "what": "FAILED",
                 *       "from": "2026-03-02T10:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["WebhookReplayContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapHours": 24
                 *     }
                 */
                "application/json": components["schemas"]["WebhookRotationContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description Version of the endpoint, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "portalWebhooks.test": {
        parameters: {
            query?: never;
            header?: {
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. Optional here: without it a second call sends another test message. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "webhook.orderAccepted": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.accepted";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderHeld": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.held";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderResumed": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.resumed";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderBackordered": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.backordered";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderPromised": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.promised";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderReleased": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.released";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderCancelRequested": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.cancel-requested";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderPartiallyShipped": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.partially-shipped";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderShipped": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.shipped";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderCancelled": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.cancelled";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderLineParked": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.line.parked";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderLineEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderLineResumed": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.line.resumed";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["OrderLineEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.orderLineSubstituted": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "order.line.substituted";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SubstitutionEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.backorderPromised": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "backorder.promised";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["BackorderEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.shipmentDispatched": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "shipment.dispatched";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ShipmentEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.shipmentUpdated": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "shipment.updated";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ShipmentEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.shipmentDelivered": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "shipment.delivered";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ShipmentEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.shipmentCorrected": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "shipment.corrected";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ShipmentEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.invoiceIssued": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "invoice.issued";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["InvoiceEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.reservationPreempted": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "reservation.preempted";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ReservationEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.exceptionOpened": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "exception.opened";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ExceptionEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.exceptionCleared": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "exception.cleared";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ExceptionEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.webhookTest": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "webhook.test";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["WebhookEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.webhookDisabled": {
        parameters: {
            query?: never;
            header: {
                /** @description Id of the event: the same in every attempt. */
                "webhook-id": string;
                /** @description Unix seconds of this attempt: refuse what is older than five minutes. */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartnerEvent"] & {
                    /** @constant */
                    type?: "webhook.disabled";
                    /** @constant */
                    schemaVersion?: 1;
                    data?: components["schemas"]["WebhookEventData"];
                };
            };
        };
        responses: {
            /** @description Nobody will ever be here: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again, up to ten times in three days. Redirects are not followed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
