import type { HttpContext } from '../context.ts';

/** A route's integration, compiled: calls its backend and sets the context's response, or throws the answer. */
export type HttpIntegrationCall = (context: HttpContext) => void | Promise<void>;
