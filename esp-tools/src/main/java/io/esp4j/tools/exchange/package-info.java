/**
 * SAs to and from the forms of other tools: what {@code ip xfrm state} prints, and Wireshark's table of keys,
 * {@code esp_sa}.
 *
 * <p>Coming in, a reader makes {@code ForeignSa}s of the text, {@code SaFileWriter} an SA file of them, and the SA file's own
 * reader has the last word on whether it is right. Going out, each SA is written if the other form has a name for everything
 * that matters; otherwise it is left out and named. Neither form holds everything: names, MTU, padding and lifetimes are
 * lost in some.
 */
package io.esp4j.tools.exchange;
