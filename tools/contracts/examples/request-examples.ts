/** By operation id: a whole request body, written by hand, because what is put together from single fields is no order. */
export type RequestExamples = Readonly<Record<string, object>>;
