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
        CancelPartnerOrderResponse: {
            /**
             * @description REQUESTED: a warehouse already works on it and is asked; PARTIAL: something has shipped and stays.
             * @enum {string}
             */
            outcome: "CANCELLED" | "NOTHING_TO_CANCEL" | "PARTIAL" | "REQUESTED";
            order: components["schemas"]["PartnerOrder"];
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
        ChangePartnerOrderResponse: {
            /**
             * @description REQUESTED: a warehouse is asked, and its answer decides; PARTIAL: some was past recall meanwhile.
             * @enum {string}
             */
            outcome: "APPLIED" | "PARTIAL" | "REQUESTED";
            /** @description The order that carries what was added. */
            followOn?: string;
            order: components["schemas"]["PartnerOrder"];
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
        EdgeOrderHold: {
            /** @example CREDIT_LIMIT */
            code: string;
            detail: string;
            /** @description The line that waits; the whole order when absent. */
            line?: number;
            /** @description RFC 3339. */
            since: string;
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
        OrderCharge: {
            /** @example FREIGHT */
            code: string;
            description?: string;
            /** @description Negative for an allowance. */
            amount: components["schemas"]["MoneyDto"];
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
        OrderLinePack: {
            /**
             * @description UNECE Recommendation 20 unit code.
             * @example XCS
             */
            unit: string;
            /** @example EA */
            baseUnit: string;
            /**
             * @description Base units in one of it, decimal text.
             * @example 12
             */
            baseQuantity: string;
        };
        OrderLinePart: {
            /**
             * @description OPEN: promised or worked on. BACKORDERED: waits for stock. SUBSTITUTED: other lines deliver it.
             * @enum {string}
             */
            state: "BACKORDERED" | "CANCELLED" | "OPEN" | "SHIPPED" | "SUBSTITUTED";
            /** @description More than 0, in the unit of `ordered`. */
            quantity: components["schemas"]["EdgeQuantity"];
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
        OrderShipTo: {
            /**
             * @description One of your ship-tos.
             * @example BRISTOL
             */
            code: string;
            /** @description Absent while the code means nothing: the order waits until it does. */
            address?: components["schemas"]["AddressDto"];
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
        PartnerOrder: {
            /** @example ord_019a3b6e8f1c7d2a9b4c5d6e7f801234 */
            id: string;
            /** @example PO-10042 */
            purchaseOrder: string;
            release?: string;
            /** @enum {string} */
            status: "ACCEPTED" | "BACKORDERED" | "CANCELLED" | "CANCEL_REQUESTED" | "ON_HOLD" | "PARTIALLY_SHIPPED" | "PROMISED" | "RELEASED" | "SHIPPED";
            /** @description Grows with every change; the ETag is made of it. */
            version: number;
            shipTo: components["schemas"]["OrderShipTo"];
            requestedDate?: string;
            shipComplete: boolean;
            lines: components["schemas"]["PartnerOrderLine"][];
            charges: components["schemas"]["OrderCharge"][];
            /** @description Lines rounded, then summed, and charges. Absent while a line has no price. */
            total?: components["schemas"]["MoneyDto"];
            /** @description Why it waits, when it does. */
            holds: components["schemas"]["EdgeOrderHold"][];
            /** @description What was accepted although it looked odd. */
            warnings: components["schemas"]["OrderWarning"][];
            /** @description What the checks found when it was accepted: which line is held or dropped, and why. */
            findings: components["schemas"]["OrderFinding"][];
            /** @description Quantities in the unit of their line. */
            shipments: components["schemas"]["EdgeOrderShipment"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        PartnerOrderLine: {
            /** @example 1 */
            line: number;
            /**
             * @description Our item number.
             * @example 85123A
             */
            item: string;
            /** @example White hanging heart T-light holder */
            description: string;
            pack: components["schemas"]["OrderLinePack"];
            /** @description In `pack.unit`; in `pack.baseUnit` when some part of the line is no exact number of packs. */
            ordered: components["schemas"]["EdgeQuantity"];
            /** @description What became of it: together `ordered`, each state once at most, and none that is 0. */
            parts: components["schemas"]["OrderLinePart"][];
            /**
             * @description How far the line is, in one word; `parts` say the rest.
             * @enum {string}
             */
            status: "ALLOCATED" | "BACKORDERED" | "CANCELLED" | "HELD" | "NEW" | "PACKED" | "PICKED" | "RELEASED" | "SHIPPED" | "SHORT" | "SUBSTITUTED";
            /** @description A line that you did not order: it is delivered in place of another. */
            insteadOf?: components["schemas"]["EdgeSubstitution"];
            /** @description Price of one `pack.unit`. */
            unitPrice?: components["schemas"]["MoneyDto"];
            /**
             * @description Latest promised ship day of what is OPEN or BACKORDERED, local to the node.
             * @example 2026-03-09
             */
            promisedDate?: string;
        };
        PartnerOrderPage: {
            orders: components["schemas"]["PartnerOrder"][];
            /** @description Cursor of the next page; absent on the last. */
            next?: string;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export interface operations {
    "portalOrdersV2.list": {
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
                    "application/json": components["schemas"]["PartnerOrderPage"];
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
    "portalOrdersV2.place": {
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
                 *       "purchaseOrder": "PO-10044",
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
                    "application/json": components["schemas"]["PartnerOrder"];
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
                    "application/json": components["schemas"]["PartnerOrder"];
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
    "portalOrdersV2.validate": {
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
                 *       "purchaseOrder": "PO-10045",
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
    "portalOrdersV2.get": {
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
                    "application/json": components["schemas"]["PartnerOrder"];
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
    "portalOrdersV2.cancel": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of the version seen. Another version now: 412. */
                "If-Match": string;
                /** @description At most 255 characters, quoted or not. The same key with the same body answers the first result again (Idempotent-Replayed: true) for 30 days; with another body 422. */
                "Idempotency-Key": string;
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
                    "application/json": components["schemas"]["CancelPartnerOrderResponse"];
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
    "portalOrdersV2.change": {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of the version seen. Another version now: 412. */
                "If-Match": string;
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
                    "application/json": components["schemas"]["ChangePartnerOrderResponse"];
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
}
