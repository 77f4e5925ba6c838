// Control characters, which logs and event texts may carry, never reach a reader's terminal or page.

// oxlint-disable-next-line no-control-regex -- it searches for control characters
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** The text with each control character but tab and newline shown as a replacement character. */
export const printable = (text: string): string => text.replace(control, '\ufffd')
