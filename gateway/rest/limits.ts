/** Quotas of REST APIs. */
export const MAX_BODY_BYTES = 10_485_760;
export const MAX_HEADER_BYTES = 10_240;
export const MAX_METHOD_ARN_BYTES = 1600;

/** The published quotas give the longest URL by endpoint type. */
export const maxUrlLength = (endpointTypes: readonly string[]): number =>
  endpointTypes.includes('EDGE') || endpointTypes.includes('PRIVATE') ? 8192 : 10_240;

/**
 * Choices: AWS publishes these two quotas but not their answers. An URL too long answers as a method ARN too long does;
 * header lists too long answer the status that HTTP has for it.
 */
export const URI_TOO_LONG = [414, 'RequestURITooLongException', 'Request URI too long'] as const;
export const HEADERS_TOO_LARGE = [431, 'RequestHeaderTooLargeException', 'Request Header Fields Too Large'] as const;
export const UNSUPPORTED_CODING = [415, 'BadRequestException', 'Unsupported Media Type'] as const;
