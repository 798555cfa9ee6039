/** Quotas of HTTP APIs. */
export const MAX_BODY_BYTES = 10_485_760;
/** The request line counts with the headers. */
export const MAX_HEADER_BYTES = 10_240;
