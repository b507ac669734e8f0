/** The two journeys of an ESP packet. */
package io.esp4j.dataplane;
