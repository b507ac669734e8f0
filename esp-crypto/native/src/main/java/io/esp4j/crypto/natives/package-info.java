/** The native providers. */
package io.esp4j.crypto.natives;
