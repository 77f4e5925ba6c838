// Logs and event texts may carry characters that XML 1.0 has no way to write, escaped or not: one of them makes a whole file unreadable.

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The text without the characters that XML 1.0 forbids: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
export const withoutForbidden = (text: string): string => text.replace(forbidden, '')
