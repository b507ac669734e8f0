/** The simulated NIC offload agent. */
package io.esp4j.offload;
