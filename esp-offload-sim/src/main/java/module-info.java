/** The simulated NIC: hosts, drivers, MAC, offload agent and links, over the engine of esp-core. */
module io.esp4j.offload {
    requires transitive io.esp4j.core;

    exports io.esp4j.offload;
    exports io.esp4j.offload.agent;
    exports io.esp4j.offload.control;
    exports io.esp4j.offload.driver;
    exports io.esp4j.offload.frame;
    exports io.esp4j.offload.host;
    exports io.esp4j.offload.link;
    exports io.esp4j.offload.mac;
    exports io.esp4j.offload.scenario;
    exports io.esp4j.offload.simulation;
}
