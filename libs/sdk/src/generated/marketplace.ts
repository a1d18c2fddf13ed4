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
        AvailabilityChange: {
            /**
             * @description Our item number.
             * @example 85123A
             */
            item: string;
            /** @description What this channel may sell today over all nodes, in the base unit. */
            availableToPromise: components["schemas"]["EdgeQuantity"];
            /**
             * @description Grows with each change of the item: a row with a smaller one than was seen before is old.
             * @example 17
             */
            version: number;
            /**
             * Format: date-time
             * @description RFC 3339: this row was true then.
             */
            changedAt: string;
            /** @description Only when asked `by=node`. */
            nodes?: components["schemas"]["AvailabilityOfNode"][];
        };
        AvailabilityFeed: {
            /** @description One row per item that changed, with its latest quantity. */
            changes: components["schemas"]["AvailabilityChange"][];
            /** @description Give this as `since` next time; the same again when nothing changed. */
            next: string;
            /** @description True when another page is waiting. */
            more: boolean;
        };
        AvailabilityOfNode: {
            /** @example DC-NORTH */
            node: string;
            /** @description What can be promised today from there, in the base unit. Nodes share what the channel may take: do not add them up. */
            availableToPromise: components["schemas"]["EdgeQuantity"];
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
        OrderContent: {
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
    "marketplaceFeeds.availability": {
        parameters: {
            query?: {
                /** @description Cursor of the last change seen; from the beginning when absent. */
                since?: string;
                /** @description 1 to 500, default 200; more is taken as 500. */
                limit?: number;
                /** @description `node`: also each node by itself. */
                by?: "node";
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
                    "application/json": components["schemas"]["AvailabilityFeed"];
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
    "marketplaceOrders.place": {
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
                 *       "purchaseOrder": "MKT-2207",
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
                "application/json": components["schemas"]["OrderContent"];
            };
        };
        responses: {
            /** @description This order was accepted before. */
            200: {
                headers: {
                    /** @description Version of the order. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeOrder"];
                };
            };
            /** @description Accepted. */
            201: {
                headers: {
                    /** @description Version of the order. */
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
    "marketplaceOrders.validate": {
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
                 *       "purchaseOrder": "MKT-2208",
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
                "application/json": components["schemas"]["OrderContent"];
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
    "marketplaceFeeds.shipments": {
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
}
