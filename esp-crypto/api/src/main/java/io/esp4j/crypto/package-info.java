/** ESP transforms and the seam to the providers that compute them. */
package io.esp4j.crypto;
