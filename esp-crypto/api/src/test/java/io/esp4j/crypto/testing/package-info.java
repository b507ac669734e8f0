/**
 * Test suites that every crypto provider runs, in this module and in others: published vectors, a slow oracle written from
 * the RFCs, tampering, and the contract of the seam. A provider's module subclasses the {@code …ContractTest}s.
 */
package io.esp4j.crypto.testing;
