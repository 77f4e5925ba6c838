// Logs and event texts may contain characters that XML 1.0 cannot represent, even escaped: a single one makes the file unreadable.

// oxlint-disable-next-line no-control-regex -- it searches for control characters
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The text without the characters that XML 1.0 forbids: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
export const withoutForbidden = (text: string): string => text.replace(forbidden, '')
