/** Answers one request; the door's interface is one. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;
