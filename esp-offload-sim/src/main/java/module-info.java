/** The simulated NIC offload agent. */
module io.esp4j.offload {
    requires transitive io.esp4j.core;
}
