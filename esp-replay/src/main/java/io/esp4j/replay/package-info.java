/** Sequence numbers, anti-replay windows, ESN inference and resynchronisation (RFC 4303 §3.4.3, Appendix A). */
package io.esp4j.replay;
